package dev.policyctl.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.proxmox.ProxmoxQemuFormat;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Finding.ProposedFix;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits that are not what they should be are refused, and the reason is told. */
class ProofTest {
  private static final Path OWN = Path.of("src/test/resources/fixes/proxmox-qemu");
  private static final FixWorld WORLD = FixWorld.standard();
  private static final DefinitionFormat QEMU = new ProxmoxQemuFormat();
  private static final String TEXT =
      "name: web\nscsi0: tank:100/a.raw,cache=none\nscsi1: tank:100/b.raw,cache=writeback\n";

  /** Writes other edits than it should. */
  private record Faulty(UnaryOperator<List<Edit>> faults, UnaryOperator<DeclaredVolume> volumes)
      implements DefinitionFormat {
    @Override
    public String name() {
      return QEMU.name();
    }

    @Override
    public boolean recognizes(String path, String head) {
      return QEMU.recognizes(path, head);
    }

    @Override
    public ParsedFile parse(SourceText text) {
      ParsedFile file = QEMU.parse(text);
      List<ParsedGuest> guests = new ArrayList<>();
      for (ParsedGuest parsed : file.guests()) {
        DeclaredGuest old = parsed.guest();
        guests.add(
            new ParsedGuest(
                new DeclaredGuest(
                    old.format(),
                    old.id(),
                    old.name(),
                    old.host(),
                    old.bypasses(),
                    old.volumes().stream().map(volumes).toList(),
                    old.options()),
                parsed.positions()));
      }
      return new ParsedFile(text, guests, List.of(), file.problems());
    }

    @Override
    public OpenRule openRule() {
      return QEMU.openRule();
    }

    @Override
    public VolumeLocator locator() {
      return QEMU.locator();
    }

    @Override
    public List<Edit> edits(ParsedFile file, Change change) {
      return faults.apply(QEMU.edits(file, change));
    }

    @Override
    public Set<String> optionsBehind(Field<?> field) {
      return QEMU.optionsBehind(field);
    }
  }

  private static Edit replace(String text, String old, String replacement) {
    int start = text.indexOf(old);
    return new Edit(new Span(start, start + old.length()), replacement);
  }

  private static Finding failure(FileResult result) {
    return result.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .findFirst()
        .orElseThrow();
  }

  private static String refusal(FileResult result) {
    return result.findings().get(0).fixes().stream()
        .map(ProposedFix::refused)
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache=writeback | cache=unsafe    | it would change more than that of `scsi1`",
        "cache=none      | cache=writeback,backup=0 | it would change more than that of `scsi0`",
        "cache=none      | cache=directsync| `volume.io.direct` would not be `false`",
        "cache=none      | cache=unsafe    | `unsafe-cache` would fail then",
        "cache=none      | cache=nonsense  | the edited file would have other problems",
        "name: web       | name: www       | it would change more of guest `100`",
        "name: web       | lock: backup    | it would change more of guest `100`",
        "scsi1           | scsi2           | it would change more than that of `scsi1`",
        "name: web       | sata0: tank:1/x.raw | it would change more of guest `100`",
      })
  void refusesAnEditThatDoesAnythingElse(String old, String replacement, String reason) {
    Faulty faulty =
        new Faulty(
            edits -> edits.isEmpty() ? edits : List.of(replace(TEXT, old, replacement)),
            volume -> volume);
    assertEquals(reason, refusal(WORLD.lint(faulty, TEXT)));
  }

  @Test
  void refusesEditsThatOverlap() {
    Faulty faulty =
        new Faulty(
            edits -> List.of(replace(TEXT, "cache=none", "a"), replace(TEXT, "none", "b")),
            volume -> volume);
    assertEquals("its edits overlap", refusal(WORLD.lint(faulty, TEXT)));
  }

  @Test
  void aRefusedEditTakesNoOthersAlong() {
    String text = TEXT.replace("cache=writeback", "cache=none");
    Faulty faulty =
        new Faulty(
            edits ->
                edits.get(0).span().start() < text.indexOf("scsi1")
                    ? List.of(replace(text, "name: web", "name: www"))
                    : edits,
            volume -> volume);
    List<Finding> findings = WORLD.lint(faulty, text).findings();
    assertEquals(2, findings.size());
    assertEquals("it would change more of guest `100`", findings.get(0).fixes().get(0).refused());
    assertEquals("set `cache=writeback` (fix available)", findings.get(1).help());
  }

  @Test
  void aVolumeOfSeveralGuestsIsNotGivenAPageCache() {
    Faulty shared =
        new Faulty(
            edits -> edits,
            old ->
                new DeclaredVolume(
                    old.key(),
                    old.role(),
                    old.section(),
                    old.attached(),
                    old.readOnly(),
                    true,
                    old.transientWrites(),
                    old.backup(),
                    old.cache(),
                    old.aio(),
                    old.options()));
    FixWorld world =
        FixWorld.withPolicies(Path.of("src/test/resources/own-policies/direct-io-at-all.yaml"));
    List<String> refused =
        world.lint(shared, TEXT).findings().stream()
            .filter(finding -> finding.policy().equals("direct-io-at-all"))
            .map(finding -> finding.fixes().get(0).refused())
            .toList();
    assertEquals(
        List.of("several guests write the volume, and their page caches would destroy data"),
        refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scsi0: tank:1/a.raw | set `cache=writeback` (fix available)",
        "scsi0: tank:1/a.raw,cache=none | set `cache=writeback` (fix available)",
        "scsi0: tank:1/a.raw,aio=native,cache=directsync"
            + "| drop `aio=native` and set `cache=writethrough` (fix available)",
        "tpmstate0: tank:1/a.qcow2 | write through the host's page cache"
            + " (no fix: `tpmstate0` has no option that would do it)",
      })
  void helpSaysWhatTheEditWouldDo(String line, String help) {
    assertEquals(help, WORLD.lint(QEMU, line + "\n").findings().get(0).help());
  }

  @Test
  void aLockedGuestIsNotEdited() {
    assertEquals(
        "write through the host's page cache (no fix: the guest is locked by `lock: backup`)",
        WORLD.lint(QEMU, "lock: backup\n" + TEXT).findings().get(0).help());
  }

  @Test
  void aSnapshotIsNotEdited() {
    String text = "memory: 1\n[before]\nscsi0: tank:1/a.raw\n";
    assertEquals("snapshots are not edited", refusal(WORLD.lint(QEMU, text)));
  }

  @Test
  void aTextThatCannotBeWrittenBackIsNotEdited() {
    byte[] bytes = ("#\u00e9\n" + TEXT).getBytes(StandardCharsets.ISO_8859_1);
    Definition definition = new Definition(SourceText.decode("100.conf", bytes), "", QEMU);
    Fixer.Fixed fixed = WORLD.fix(definition);
    assertEquals(List.of(), fixed.fixed());
    assertEquals("the file has bytes that are not UTF-8", refusal(fixed.after()));
  }

  @Test
  void unsafeFixesAreAppliedOnRequestOnly() {
    FixWorld world = FixWorld.withPolicies(OWN.resolve("virtiofs.policy.yaml"));
    String text = "virtiofs0: data,direct-io=1\n";
    Fixer.Fixed safely = world.fixSafely(QEMU, text);
    assertEquals(List.of(), safely.fixed());
    assertEquals(
        "drop `direct-io=1` (fix available with `--unsafe-fixes`)", failure(safely.after()).help());
    assertEquals("virtiofs0: data\n", world.fixed(QEMU, text));
  }

  @Test
  void ofTwoPoliciesThatContradictTheGraverWinsAndTheOtherSaysWhy() {
    FixWorld world = FixWorld.withPolicies(OWN.resolve("two-policies.policy.yaml"));
    FileResult after = world.fix(QEMU, "scsi0: cows:100/a.raw\n").after();
    Finding left = after.findings().get(0);
    assertEquals("a-wants-writethrough", left.policy());
    assertEquals("write through (no fix: `b-wants-writeback` would fail then)", left.help());
    assertEquals(1, after.findings().size());
  }
}
