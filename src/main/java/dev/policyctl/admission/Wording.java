package dev.policyctl.admission;

import dev.policyctl.model.Missing;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.Printable;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Findings as the person reads them who sent the object: whole in a refusal, a short line each in
 * warnings, because the API server cuts long ones and drops those with a control character.
 */
final class Wording {
  private static final int MAX_WARNING = 120;
  private static final int MAX_WARNINGS = 20;
  private static final int MAX_TOLD = 20;

  private Wording() {}

  /** The message of a refusal, a few lines for each finding. */
  static String refusal(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings.subList(0, Math.min(MAX_TOLD, findings.size()))) {
      text.append(text.isEmpty() ? "" : "\n").append(line(finding));
      if (!finding.because().isEmpty()) {
        text.append("\n  because: ").append(Printable.line(String.join("; ", finding.because())));
      }
      help(finding).lines().forEach(help -> text.append("\n  help: ").append(Printable.line(help)));
    }
    if (findings.size() > MAX_TOLD) {
      text.append("\nand ").append(findings.size() - MAX_TOLD).append(" more");
    }
    return text.toString();
  }

  /** One warning for each failure, each missing fact and each problem. */
  static List<String> warnings(Outcome outcome) {
    Set<String> lines = new LinkedHashSet<>();
    Map<Missing, Set<String>> undecided = new LinkedHashMap<>();
    for (Finding finding : outcome.warning()) {
      if (finding.verdict() == Verdict.UNKNOWN) {
        for (Missing missing : finding.missing()) {
          undecided.computeIfAbsent(missing, key -> new LinkedHashSet<>()).add(finding.policy());
        }
      } else {
        lines.add(line(finding));
      }
    }
    undecided.forEach((missing, policies) -> lines.add(unknown(missing, policies.size())));
    for (Problem problem : outcome.problems()) {
      lines.add(Printable.line(problem.message()));
    }
    return bounded(lines);
  }

  /** One warning for each change of an object. */
  static List<String> changes(List<Finding> cured) {
    Set<String> lines = new LinkedHashSet<>();
    for (Finding finding : cured) {
      lines.add(
          "changed `"
              + Printable.line(finding.subject())
              + "`: "
              + Printable.line(help(finding))
              + " ["
              + finding.policy()
              + "]");
    }
    return bounded(lines);
  }

  /**
   * Without the word that {@code lint --fix} would do it, and the quotes of JSON: there is no file
   * here.
   */
  private static String help(Finding finding) {
    return finding.help().replace(" (fix available)", "").replace("\"", "");
  }

  private static String unknown(Missing missing, int policies) {
    String brief =
        "unknown: "
            + Printable.line(missing.message())
            + ": "
            + policies
            + (policies == 1 ? " policy" : " policies")
            + " undecided";
    String whole = brief + "; " + Printable.line(missing.help());
    return whole.length() <= MAX_WARNING ? whole : brief;
  }

  private static String line(Finding finding) {
    return "[" + finding.policy() + "] " + Printable.line(finding.message());
  }

  private static List<String> bounded(Set<String> lines) {
    List<String> warnings = new ArrayList<>();
    for (String line : lines) {
      if (warnings.size() == MAX_WARNINGS) {
        warnings.add("and " + (lines.size() - MAX_WARNINGS) + " more");
        break;
      }
      warnings.add(cut(line));
    }
    return warnings;
  }

  private static String cut(String line) {
    if (line.codePointCount(0, line.length()) <= MAX_WARNING) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, MAX_WARNING - 1)) + "…";
  }
}
