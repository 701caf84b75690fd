package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each bundled policy decides, and on which fields. */
final class BundledPoliciesTest {
  private static final PolicySet POLICIES = PolicyFiles.load(List.of()).policies();

  /** A line of {@code policy-cases.txt}: a subject that fails, changed. */
  private record Case(String policy, String base, String change, String expected) {
    Values values() {
      Target target = policyNamed(policy).policy().target();
      return Subjects.of(target, base + " " + change.replace(',', ' '));
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String policy = "";
    String base = "";
    for (String line : lines()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        int colon = line.indexOf(": ");
        policy = line.substring(0, colon);
        base = line.substring(colon + 2);
        cases.add(new Case(policy, base, "", "fail"));
      } else {
        String[] words = line.strip().split(" ", 2);
        // A list's comma belongs to its value.
        boolean isList = words[0].startsWith("guest.bypasses");
        String extra = isList ? " " + words[0] : "";
        cases.add(new Case(policy, base + extra, isList ? "" : words[0], words[1]));
      }
    }
    return cases;
  }

  private static List<String> lines() {
    try (InputStream in = BundledPoliciesTest.class.getResourceAsStream("/policy-cases.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledPolicy policyNamed(String name) {
    return Stream.of(Target.values())
        .flatMap(target -> POLICIES.forTarget(target).stream())
        .filter(policy -> policy.policy().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no policy " + name));
  }

  static Stream<Arguments> judgements() {
    return cases().stream().map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("judgements")
  void decidesOnEachOfItsFields(Case row) {
    assertEquals(row.expected(), Subjects.words(policyNamed(row.policy()).judge(row.values())));
  }

  @Test
  void everyFieldThatAPolicyReadsChangesItsVerdictInSomeCase() {
    for (Policy policy : POLICIES.all()) {
      if (policy.target() == Target.GUEST) {
        continue;
      }
      Set<String> changed = new TreeSet<>();
      for (Case row : cases()) {
        if (row.policy().equals(policy.name()) && !row.expected().equals("fail")) {
          Stream.of(row.change().split(",", -1))
              .forEach(one -> changed.add(one.substring(0, one.indexOf('='))));
        }
      }
      Set<String> read = new TreeSet<>();
      policyNamed(policy.name()).reads().stream().map(Field::path).forEach(read::add);
      read.removeAll(changed);
      assertEquals(Set.of(), read, policy.name());
    }
  }

  @Test
  void everyPolicyHasCases() {
    Set<String> named = new TreeSet<>();
    cases().forEach(row -> named.add(row.policy()));
    Set<String> bundled = new TreeSet<>();
    POLICIES.all().forEach(policy -> bundled.add(policy.name()));
    assertEquals(bundled, named);
  }

  @Test
  void everyPolicyExplainsItself() {
    for (Policy policy : POLICIES.all()) {
      assertEquals(List.of(), POLICIES.problems(policy), policy.name());
      assertTrue(policy.description().length() > 200, policy.name());
      assertFalse(policy.references().isEmpty(), policy.name());
      assertFalse(policy.fixes().isEmpty(), policy.name());
    }
  }

  @Test
  void messagesAndHelpFitIntoALine() {
    for (Case row : cases().stream().filter(row -> row.expected().equals("fail")).toList()) {
      CompiledPolicy policy = policyNamed(row.policy());
      Values values = row.values();
      String message = policy.message(values, policy.judge(values));
      assertTrue(message.length() <= 120 && !message.isEmpty(), message);
      assertFalse(message.endsWith("."), message);
      String help = policy.help(values);
      assertTrue(help.length() <= 120 && !help.isEmpty(), row.policy() + ": " + help);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '"',
      textBlock =
          """
          direct-io-on-checksummed-data | `scsi0` is written with O_DIRECT onto checksummed btrfs
          nodatacow-on-redundant-data | `scsi0` has copies on btrfs but no checksums
          nocow-option-does-not-match-file | `scsi0` is copy-on-write on `tank`, which has the option `nocow`
          hypervisor-arguments-bypass | `args` may hand storage to the guest past its definition
          unsafe-cache | flushes of `scsi0` are dropped: cache mode `unsafe`
          """)
  void saysWhatIs(String name, String message) {
    CompiledPolicy policy = policyNamed(name);
    Values values =
        cases().stream()
            .filter(row -> row.policy().equals(name))
            .findFirst()
            .orElseThrow()
            .values();
    assertEquals(message, policy.message(values, policy.judge(values)));
  }

  @Test
  void namesInFlightDivergenceWhereDirectWritesGoInPlace() {
    CompiledPolicy policy = policyNamed("nodatacow-on-redundant-data");
    String base =
        "volume.written=true storage.filesystem=btrfs storage.redundant=true volume.key=scsi0 ";
    Values direct =
        Subjects.of(Target.VOLUME, base + "volume.io.direct=true storage.directWrites=inPlace");
    assertEquals(
        "`scsi0` has copies on btrfs but no checksums, and direct writes can make the copies differ",
        policy.message(direct, policy.judge(direct)));
    Values unknown = Subjects.of(Target.VOLUME, base + "volume.io.direct=? storage.directWrites=?");
    assertEquals(
        "the volume's data has copies but no checksums to tell the good one",
        policy.message(unknown, policy.judge(unknown)));
  }

  @Test
  void proposesThePageCacheOnlyWhereItCures() {
    CompiledPolicy policy = policyNamed("direct-io-fails-verification");
    assertEquals(
        List.of("write through the host's page cache", "set `direct=disabled` on the dataset"),
        titles(policy, "storage.alwaysDirect=false"));
    assertEquals(
        List.of("set `direct=disabled` on the dataset"),
        titles(policy, "storage.alwaysDirect=true"));
    assertEquals(
        List.of("write through the host's page cache", "set `direct=disabled` on the dataset"),
        titles(policy, "storage.alwaysDirect=?"));
  }

  private static List<String> titles(CompiledPolicy policy, String said) {
    Values values = Subjects.of(Target.VOLUME, said);
    return policy.fixes(values).stream().map(Policy.Fix::title).toList();
  }

  @Test
  void stepsNameTheRealPathReadyForAShell() {
    CompiledPolicy policy = policyNamed("loop-device-with-direct-io");
    Policy.Fix fix = policy.policy().fixes().get(0);
    Values plain = Subjects.of(Target.VOLUME, "storage.path=/mnt/tank/disk.raw");
    assertEquals(
        "losetup --list --output NAME,DIO --associated /mnt/tank/disk.raw",
        policy.steps(fix, plain).get(1));
    Values odd = Subjects.of(Target.VOLUME, "storage.path=/mnt/it's;here");
    assertEquals(
        "losetup --list --output NAME,DIO --associated '/mnt/it'\\''s;here'",
        policy.steps(fix, odd).get(1));
    Values unknown = Subjects.of(Target.VOLUME, "storage.path=?");
    assertEquals(
        "losetup --list --output NAME,DIO --associated <storage.path>",
        policy.steps(fix, unknown).get(1));
  }

  @Test
  void readsFieldsInTheOrderInWhichTheyStand() {
    assertEquals(
        List.of(
            Field.VOLUME_WRITTEN,
            Field.VOLUME_IO_OPENER,
            Field.VOLUME_IO_DIRECT,
            Field.STORAGE_ALWAYS_DIRECT,
            Field.STORAGE_CHECKSUMS,
            Field.STORAGE_DIRECT_WRITES),
        List.copyOf(policyNamed("direct-io-on-checksummed-data").reads()));
  }
}
