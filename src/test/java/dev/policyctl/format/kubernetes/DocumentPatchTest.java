package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.source.SourceText;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A patch makes of every object what the edits of its text made of it. */
class DocumentPatchTest {
  private static final Path FIXES = Path.of("src/test/resources/fixes/kubernetes");

  @TestFactory
  List<DynamicTest> patchesEqualTheFixedTexts() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> all = Files.list(FIXES)) {
      for (Path before : all.filter(it -> it.toString().contains(".before.")).sorted().toList()) {
        String name = before.getFileName().toString();
        Path after = before.resolveSibling(name.replace(".before.", ".after."));
        tests.add(DynamicTest.dynamicTest(name, () -> compare(read(before), read(after))));
      }
    }
    assertTrue(tests.size() > 5);
    return tests;
  }

  private static void compare(SourceText before, SourceText after) {
    List<DocumentPatch> patches = DocumentPatch.between(before, after);
    List<KubeObject> old = ObjectReader.read(before).objects();
    List<KubeObject> edited = ObjectReader.read(after).objects();
    int used = 0;
    for (int i = 0; i < old.size(); i++) {
      JsonNode from = DocumentPatch.json(old.get(i).root());
      JsonNode to = DocumentPatch.json(edited.get(i).root());
      if (!from.equals(to)) {
        assertEquals(to, JsonPatch.apply(patches.get(used++).operations(), from));
      }
    }
    assertEquals(patches.size(), used);
  }

  private static SourceText read(Path file) throws IOException {
    return SourceText.of(file.toString(), Files.readString(file));
  }

  @Test
  void pathsBeginAtTheItemOfAListAndAreEscaped() {
    String before =
        """
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Pod, metadata: {name: a}}
          - apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: fast, annotations: {a/b~c: "x"}}
            mountOptions: [noatime, nodatacow, discard]
        """;
    String after = before.replace("nodatacow, ", "").replace("\"x\"", "\"y\"");
    List<DocumentPatch> patches =
        DocumentPatch.between(SourceText.of("x", before), SourceText.of("x", after));
    assertEquals(
        List.of(
            "{\"path\":\"x\",\"apiVersion\":\"storage.k8s.io/v1\",\"kind\":\"StorageClass\","
                + "\"namespace\":\"\",\"name\":\"fast\",\"patch\":["
                + "{\"op\":\"replace\",\"path\":\"/metadata/annotations/a~1b~0c\",\"value\":\"y\"},"
                + "{\"op\":\"remove\",\"path\":\"/mountOptions/1\"}]}"),
        patches.stream().map(patch -> patch.line("x")).toList());
  }
}
