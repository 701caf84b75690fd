package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.admission.Outcome;
import dev.policyctl.admission.Review;
import dev.policyctl.admission.Review.Operation;
import dev.policyctl.admission.Reviewer;
import dev.policyctl.admission.World;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.Joining;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Parsed;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.Finding;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The service says of every object that stands in a file here what the command line says of it. */
class AdmissionAgreementTest {
  private static final KubernetesFormat FORMAT = new KubernetesFormat();

  /** Files that are judged together. */
  private record Texts(List<SourceText> definitions, List<HostFacts> facts) {}

  @TestFactory
  Stream<DynamicTest> saysTheSame() throws IOException {
    Map<Path, List<Path>> worlds = worlds();
    assertTrue(worlds.size() > 15, worlds.size() + " worlds");
    return worlds.entrySet().stream()
        .map(
            world ->
                DynamicTest.dynamicTest(
                    world.getKey().toString(), () -> compare(read(world.getValue()))));
  }

  /** A folder with facts is one world; elsewhere each file is. */
  private static Map<Path, List<Path>> worlds() throws IOException {
    Map<Path, List<Path>> worlds = new TreeMap<>();
    for (String root : List.of("examples/kubernetes", "policies", "src/test/resources")) {
      try (Stream<Path> all = Files.walk(Path.of(root))) {
        for (Path file : all.filter(AdmissionAgreementTest::isManifest).toList()) {
          boolean alone = facts(file.getParent()).isEmpty();
          worlds
              .computeIfAbsent(alone ? file : file.getParent(), key -> new ArrayList<>())
              .add(file);
        }
      }
    }
    return worlds;
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".yaml") && !name.endsWith(".json")) {
      return false;
    }
    String text = text(file).text();
    return FORMAT.recognizes(name, text.substring(0, Math.min(text.length(), 4096)));
  }

  private static List<HostFacts> facts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".facts.yaml"))
          .flatMap(file -> HostFactsReader.read(text(file)).hosts().stream())
          .toList();
    }
  }

  private static Texts read(List<Path> files) throws IOException {
    return new Texts(
        files.stream().sorted().map(AdmissionAgreementTest::text).toList(),
        facts(files.get(0).getParent()));
  }

  private static SourceText text(Path file) {
    try {
      return SourceText.decode(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(Texts files) {
    Surroundings surroundings =
        new Surroundings(
            StorageCatalog.NONE,
            files.facts(),
            Optional.empty(),
            PolicyFiles.load(List.of()).policies());
    assertEquals(lint(files, surroundings), review(files, surroundings));
  }

  private static String lint(Texts files, Surroundings surroundings) {
    List<Finding> findings = new ArrayList<>();
    List<Definition> definitions =
        files.definitions().stream().map(text -> new Definition(text, "", FORMAT)).toList();
    for (Parsed parsed : Joining.join(definitions, surroundings)) {
      findings.addAll(new Linter(false).lint(parsed).findings());
    }
    return words(findings);
  }

  private static String review(Texts files, Surroundings surroundings) {
    List<KubeObject> objects = new ArrayList<>();
    for (SourceText text : files.definitions()) {
      for (KubeObject object : ObjectReader.read(text).objects()) {
        objects.add(KubeObject.inCluster(new JsonKubeNode(whole(object))).orElseThrow());
      }
    }
    World world = new World(surroundings, Cluster.of(objects));
    List<Finding> findings = new ArrayList<>();
    Reviewer reviewer =
        new Reviewer(() -> world, (review, outcome) -> add(outcome, findings), true);
    for (KubeObject object : objects) {
      reviewer.validate(creation(object));
    }
    return words(findings);
  }

  /** An item of a typed list need not say what it is; in a review it does. */
  private static JsonNode whole(KubeObject object) {
    ObjectNode json = (ObjectNode) DocumentPatch.json(object.root());
    if (!json.has("kind")) {
      json.put("apiVersion", "v1").put("kind", object.objectKind().word());
    }
    return json;
  }

  private static Review creation(KubeObject object) {
    return new Review(
        "1",
        Operation.CREATE,
        "",
        object.objectKind().word(),
        object.namespace(),
        object.name(),
        whole(object),
        MissingNode.getInstance(),
        false);
  }

  private static void add(Outcome outcome, List<Finding> findings) {
    findings.addAll(outcome.denying());
    findings.addAll(outcome.warning());
    findings.addAll(outcome.recorded());
  }

  /** Without places and files' names, which an object of a cluster has none of. */
  private static String words(List<Finding> findings) {
    return findings.stream()
        .map(
            it ->
                String.join(
                    " | ",
                    it.guest(),
                    it.subject(),
                    it.section(),
                    it.host(),
                    it.policy(),
                    it.verdict().word(),
                    it.message(),
                    String.join("; ", it.because()).replaceAll(" in `[^`]*\\.(yaml|json)`", "")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
