package dev.policyctl.admission;

import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Formats;
import dev.policyctl.lint.Inspector;
import dev.policyctl.lint.Joining;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Parsed;
import dev.policyctl.lint.Summary;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.report.InspectReport;
import dev.policyctl.report.Program;
import dev.policyctl.report.Report;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.report.ReportOptions;
import dev.policyctl.report.Run;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a definition that somebody sent, with what he sent beside it, as the command line does.
 */
final class TextJudge {
  private static final int HEAD = 4096;

  private final PolicySet policies;
  private final Texts texts;
  private final Definition definition;

  /**
   * What was sent.
   *
   * @param path names the definition in the report, and may name its host and format
   * @param format empty where it is to be found out
   * @param facts HostFacts documents; empty where there are none
   * @param storageCfg Proxmox' storages; empty where there are none
   */
  record Texts(
      String definition,
      String path,
      Optional<String> format,
      Optional<String> facts,
      Optional<String> storageCfg,
      Optional<String> host) {}

  /** What was sent cannot be judged; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  TextJudge(PolicySet policies, Texts texts) throws Refused {
    this.policies = policies;
    this.texts = texts;
    this.definition =
        new Definition(
            SourceText.of(texts.path(), texts.definition()), texts.path(), format(texts));
  }

  private static DefinitionFormat format(Texts texts) throws Refused {
    if (texts.format().isPresent()) {
      String name = texts.format().get();
      return Formats.byName(name)
          .orElseThrow(() -> new Refused("unknown format `" + name + "`: " + known()));
    }
    String head = texts.definition().substring(0, Math.min(HEAD, texts.definition().length()));
    return Formats.detect(texts.path(), head)
        .orElseThrow(
            () -> new Refused("the format was not found out; say it with `as`: " + known()));
  }

  private static String known() {
    return String.join(", ", Formats.names());
  }

  /** The report of {@code lint}. */
  void lint(ReportFormat format, Appendable out) throws IOException {
    List<Problem> problems = new ArrayList<>();
    Parsed parsed = parse(problems);
    Linter linter = new Linter(false);
    FileResult result = (format.tellsOfSubjects() ? linter.keepingSubjects() : linter).lint(parsed);
    Run run = new Run(Program.version(), "policyctl", "", policies.all());
    Report report = format.open(out, new ReportOptions(false, false, run));
    for (Problem problem : problems) {
      report.file(FileResult.unreadable(problem));
    }
    report.file(result);
    report.finish(Summary.EMPTY.plus(result), 0);
  }

  /** The report of {@code inspect}. */
  void inspect(Appendable out) throws IOException {
    InspectReport report = InspectReport.json(out);
    report.file(new Inspector().inspect(parse(new ArrayList<>())));
    report.finish();
  }

  private Parsed parse(List<Problem> problems) {
    Surroundings surroundings =
        new Surroundings(catalog(problems), facts(problems), texts.host(), policies);
    return Joining.isNeeded(definition)
        ? Joining.join(List.of(definition), surroundings).get(0)
        : Parsed.of(definition, surroundings);
  }

  private List<HostFacts> facts(List<Problem> problems) {
    if (texts.facts().isEmpty()) {
      return List.of();
    }
    SourceText text = SourceText.of("facts", texts.facts().get());
    HostFactsReader.Result result = HostFactsReader.read(text);
    result.problems().forEach(problem -> problems.add(text.quote(problem)));
    return result.hosts();
  }

  private StorageCatalog catalog(List<Problem> problems) {
    if (texts.storageCfg().isEmpty()) {
      return StorageCatalog.NONE;
    }
    SourceText text = SourceText.of("storage.cfg", texts.storageCfg().get());
    ParsedFile parsed = new StorageCfgFormat().parse(text);
    parsed.problems().forEach(problem -> problems.add(text.quote(problem)));
    return ProxmoxStorages.catalog(
        text.path(), parsed.storages().stream().map(ParsedFile.ParsedStorage::storage).toList());
  }
}
