package dev.policyctl.lint;

import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Storages and a host on which nearly every disk that is opened with O_DIRECT fails: everything
 * lies on btrfs with checksums and copies, under a kernel that writes in place.
 */
final class FixWorld {
  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: pve1}
      spec:
        kernel: {release: 6.1.0-9-amd64}
        filesystems:
          - mountPoint: /
            source: /dev/sda1
            type: btrfs
            options: [rw]
            btrfs: {dataProfiles: [raid1], metadataProfiles: [raid1], devices: 2}
            below: [{name: sda1, kind: partition}]
        volumeGroups:
          - {name: pve, below: [{name: md0, kind: md-raid1}]}
      """;

  private static final String STORAGES =
      """
      dir: tank
      \tpath /mnt/tank

      btrfs: cows
      \tpath /srv/cows

      btrfs: nocow
      \tpath /srv/nocow
      \tnocow 1

      lvmthin: thin
      \tvgname pve
      \tthinpool data
      """;

  private final Surroundings surroundings;

  private FixWorld(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  static FixWorld standard() {
    return of(STORAGES, List.of());
  }

  static FixWorld withPolicies(Path... files) {
    return of(STORAGES, List.of(files));
  }

  static FixWorld withStorages(Path storageCfg) throws IOException {
    return of(Files.readString(storageCfg), List.of());
  }

  private static FixWorld of(String storageCfg, List<Path> policies) {
    ParsedFile parsed = new StorageCfgFormat().parse(SourceText.of("storage.cfg", storageCfg));
    List<HostFacts> hosts = HostFactsReader.read(SourceText.of("facts.yaml", FACTS)).hosts();
    PolicySet set = PolicyFiles.load(policies).policies();
    return new FixWorld(
        new Surroundings(
            ProxmoxStorages.catalog(
                "storage.cfg",
                parsed.storages().stream().map(ParsedFile.ParsedStorage::storage).toList()),
            hosts,
            Optional.of("pve1"),
            set));
  }

  FileResult lint(DefinitionFormat format, String text) {
    return new Linter(false).lint(Parsed.of(definition(format, text), surroundings));
  }

  Fixer.Fixed fix(DefinitionFormat format, String text) {
    return new Fixer(new Linter(false), true)
        .fix(Parsed.of(definition(format, text), surroundings));
  }

  Fixer.Fixed fix(Definition definition) {
    return new Fixer(new Linter(false), true).fix(Parsed.of(definition, surroundings));
  }

  Fixer.Fixed fixSafely(DefinitionFormat format, String text) {
    return new Fixer(new Linter(false), false)
        .fix(Parsed.of(definition(format, text), surroundings));
  }

  String fixed(DefinitionFormat format, String text) {
    return fix(format, text).definition().text().text();
  }

  static Definition definition(DefinitionFormat format, String text) {
    return new Definition(SourceText.of("100.conf", text), "", format);
  }

  /** The failures with a fix that may be applied. */
  static List<String> fixable(FileResult result) {
    return result.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.FAIL)
        .filter(finding -> finding.fixes().stream().anyMatch(fix -> !fix.edits().isEmpty()))
        .map(finding -> finding.at() + " " + finding.policy())
        .toList();
  }
}
