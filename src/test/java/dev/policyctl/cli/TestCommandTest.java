package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code policyctl test} prints and how it ends. */
final class TestCommandTest {
  private static final String POLICY =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicy
      metadata: {name: own}
      spec:
        title: Own
        severity: info
        target: volume
        matchConditions: [{name: disk, expression: volume.role == 'disk'}]
        validations: [{expression: "volume.io.direct != true || volume.cache == 'directsync'"}]
      """;

  @TempDir Path top;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writePolicy() throws IOException {
    write("own/policy.yaml", POLICY);
    write(
        "own/pass/directsync.conf", "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw,cache=directsync\n");
    write("own/fail/none.conf", "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw,cache=none\n");
    write("own/unknown/unset.conf", "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = top.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("test", top.toString()));
    arguments.addAll(List.of(options));
    return Policyctl.run(
        arguments.toArray(String[]::new),
        new Terminal(stream(out), stream(err), false, false, false));
  }

  private static PrintStream stream(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8).replace(top + "/", "");
  }

  @Test
  void countsWhatHolds() {
    assertEquals(0, run());
    assertEquals("1 policy: 3 examples hold, 0 do not\n", printed());
  }

  @Test
  void namesWhatHoldsWhenAsked() {
    assertEquals(0, run("-v"));
    assertEquals(
        """
        own/pass/directsync.conf: pass
        own/fail/none.conf: fail
        own/unknown/unset.conf: unknown
        1 policy: 3 examples hold, 0 do not
        """,
        printed());
  }

  @Test
  void tellsOfAnExampleThatDoesNotHoldWithTheValuesThatDecide() throws IOException {
    write("own/pass/wrong.conf", "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw,cache=none\n");
    assertEquals(1, run());
    assertEquals(
        """
        own/pass/wrong.conf: error: expected pass, found fail
          `scsi0` of `wrong` fails: own
            volume.role is disk
            volume.io.direct is true: `cache=none` opens the image with O_DIRECT
            volume.cache is none
        1 policy: 3 examples hold, 1 does not
        """,
        printed());
  }

  @Test
  void namesTheFactBehindAnUnknown() throws IOException {
    write("own/fail/wrong.conf", "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw\n");
    assertEquals(1, run());
    assertTrue(
        printed().contains("volume.io.direct is unknown: `storage.type` of `tank` is not known"),
        printed());
  }

  @Test
  void tellsOfAnExampleThatThePolicyDoesNotApplyTo() throws IOException {
    write("own/pass/wrong.conf", "memory: 1\nide2: none,media=cdrom\n");
    assertEquals(1, run());
    assertTrue(
        printed()
            .startsWith(
                "own/pass/wrong.conf: error: expected pass,"
                    + " but the policy applies to nothing in it\n"
                    + "  the policy does not apply to `ide2` of `wrong`\n"),
        printed());
  }

  @Test
  void unreadableExampleDoesNotHoldEvenByAccident() throws IOException {
    write(
        "own/unknown/wrong.conf",
        "memory: 1\nscsi0: tank:1/vm-1-disk-0.raw\nscsi1: tank:1/vm-1-disk-1.raw,cache=nativ\n");
    assertEquals(2, run());
    assertTrue(printed().startsWith("own/unknown/wrong.conf:3:"), printed());
    assertTrue(printed().endsWith("1 policy: 3 examples hold, 1 does not\n"), printed());
  }

  @Test
  void brokenPolicyIsToldAndNotTested() throws IOException {
    write("own/policy.yaml", POLICY.replace("volume.cache", "volume.cash"));
    assertEquals(2, run());
    assertTrue(printed().contains("undefined field 'cash'"), printed());
    assertTrue(printed().endsWith("1 policy: 0 examples hold, 0 do not\n"), printed());
  }

  @Test
  void tellsOfMissingExamplesAndOfFoldersThatNameNoVerdict() throws IOException {
    Files.move(top.resolve("own/fail"), top.resolve("own/fails"));
    assertEquals(0, run());
    assertEquals(
        """
        own: warning: no example in `fail/`
          help: add a definition that comes to this verdict
        own: warning: `fails/` is no verdict, nothing in it is judged
          help: examples are in `pass/`, `fail/` and `unknown/`
        1 policy: 2 examples hold, 0 do not
        """,
        printed());
  }

  @Test
  void folderWithoutPoliciesIsAUsageError() throws IOException {
    Files.delete(top.resolve("own/policy.yaml"));
    assertEquals(2, run());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("no policy in `"));
  }
}
