package dev.policyctl.report;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.exception.Baseline;
import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.exception.Suppression;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxQemuFormat;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Parsed;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run with something of everything that a report may have to tell. */
final class SampleRun {
  static final int EXIT_CODE = 2;

  /** Its path and its texts try to break out of whatever they are put into. */
  static final String HOSTILE_PATH = "./Köln, 5%: <b>/101 ]]>.conf";

  private static final PolicySet POLICIES = PolicyFiles.load(List.of()).policies();

  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: pve1}
      spec:
        kernel: {release: 6.1.0-9-amd64}
        filesystems:
          - mountPoint: /srv
            source: /dev/sda1
            type: btrfs
            options: [rw]
            btrfs: {dataProfiles: [raid1], metadataProfiles: [raid1], devices: 2}
            below: [{name: sda1, kind: partition}]
      """;

  private static final String STORAGES =
      """
      dir: tank
      \tpath /srv/tank

      btrfs: nocow
      \tpath /srv/nocow
      \tnocow 1
      """;

  private static final String GUEST =
      """
      name: shop
      args: -drive file=/dev/sdz,cache=none
      scsi0: tank:100/vm-100-disk-0.raw,cache=none,aio=native,size=8G
      scsi1: tank:100/vm-100-disk-1.raw,cache=writeback,size=8G
      scsi2: nocow:100/vm-100-disk-2.raw,size=8G
      scsi3: tank:100/vm-100-disk-3.raw,cache=nonsense,size=8G

      [before]
      scsi0: tank:100/vm-100-disk-0.raw,cache=none,size=8G
      """;

  private static final String HOSTILE =
      """
      name: </script><script>alert(1)</script>
      scsi0: tank:101/\uD83D\uDCBE\u0007]]>"'&<script>.raw,cache=none
      """;

  /** Accepted by itself, by a document, by a baseline; what came later is not. */
  private static final String ACCEPTED =
      """
      #policyctl:allow hypervisor-arguments-bypass until=2027-03-01 reason=looked at by <b>us</b> "both"
      args: -drive file=/dev/sdz,cache=none
      scsi0: tank:103/vm-103-disk-0.raw,cache=none,size=8G
      scsi1: tank:103/vm-103-disk-1.raw,cache=none,size=8G
      scsi2: tank:103/vm-103-disk-2.raw,cache=none,size=8G
      """;

  private static final String EXCEPTION =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicyException
      metadata: {name: build-cache}
      spec:
        policies: [direct-io-on-checksummed-data]
        match: {guests: ["103"], volumes: [scsi0]}
        reason: "rebuilt every night; `really`"
        until: "2027-03-01"
      """;

  private static final Baseline BASELINE =
      new Baseline(
          List.of(
              new Baseline.Entry(
                  new Baseline.Key(
                      "pve1/qemu-server/103.conf",
                      "103",
                      "scsi1",
                      "current",
                      "direct-io-on-checksummed-data"),
                  "fail")));

  private static final String UNKNOWN = "scsi0: other:102/vm-102-disk-0.raw,size=8G\n";

  private SampleRun() {}

  static String in(ReportFormat format, boolean verbose) throws IOException {
    StringBuilder out = new StringBuilder();
    Run run = new Run("1.2.3", "A sample", "2026-11-24T10:00:00Z", POLICIES.all());
    Report report = format.open(out, new ReportOptions(false, verbose, run));
    Summary summary = Summary.EMPTY;
    for (FileResult result : results(verbose)) {
      report.file(result);
      summary = summary.plus(result);
    }
    report.finish(summary, EXIT_CODE);
    return out.toString();
  }

  static List<FileResult> results(boolean verbose) {
    Linter linter = new Linter(verbose).keepingSubjects();
    List<FileResult> results = new ArrayList<>();
    results.add(
        FileResult.ofProblems(
            "facts.yaml",
            List.of(Problem.warning(new Location("facts.yaml", 3, 1, 3, 9), "is old", "probe"))));
    results.add(FileResult.unreadable(Problem.error(Location.ofFile("gone.conf"), "no file", "")));
    results.add(linter.lint(guest(HOSTILE_PATH, HOSTILE)));
    results.add(linter.lint(guest("nodes/pve1/qemu-server/100.conf", GUEST)));
    results.add(linter.lint(guest("nodes/pve1/qemu-server/102.conf", UNKNOWN)));
    results.add(linter.lint(guest("nodes/pve1/qemu-server/103.conf", ACCEPTED)));
    results.add(
        linter.lint(
            Parsed.of(new Definition(storages(), "storage.cfg", new StorageCfgFormat()), world())));
    return results;
  }

  /** A machine that is judged in the same world. */
  static FileResult lint(String path, String text) {
    return new Linter(false).lint(guest(path, text));
  }

  private static Parsed guest(String path, String text) {
    Definition definition =
        new Definition(SourceText.of(path, text), path, new ProxmoxQemuFormat());
    return Parsed.of(definition, world());
  }

  private static SourceText storages() {
    return SourceText.of("storage.cfg", STORAGES);
  }

  private static Surroundings world() {
    List<ParsedFile.ParsedStorage> parsed = new StorageCfgFormat().parse(storages()).storages();
    return new Surroundings(
            ProxmoxStorages.catalog(
                "storage.cfg", parsed.stream().map(ParsedFile.ParsedStorage::storage).toList()),
            HostFactsReader.read(SourceText.of("facts.yaml", FACTS)).hosts(),
            Optional.of("pve1"),
            POLICIES)
        .withExceptions(accepted());
  }

  private static Exceptions accepted() {
    ExceptionReader.Result documents =
        ExceptionReader.read(SourceText.of("accepted/cache.yaml", EXCEPTION));
    Suppression known =
        new Suppression(
            Suppression.By.BASELINE, "", "", "", Location.ofFile(".policyctl-baseline.json"));
    return new Exceptions(
        documents.exceptions().stream().map(it -> new Exceptions.Scoped(it, "accepted")).toList(),
        Optional.of(new Exceptions.Known(BASELINE, "nodes", known)),
        true,
        () -> LocalDate.of(2026, 11, 24));
  }
}
