package dev.policyctl.lint;

import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.util.List;

/**
 * What came of one file.
 *
 * @param path as it was named
 * @param guests how many it defines
 * @param volumes how many its guests have, in all sections
 * @param passes how often a policy passed a subject
 * @param findings failures and unknowns, in the order of their places and policies; passes too when
 *     they were asked for
 */
public record FileResult(
    String path,
    int guests,
    int volumes,
    int passes,
    List<Finding> findings,
    List<Problem> problems) {
  public FileResult {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }

  /** A file that could not be judged at all. */
  public static FileResult unreadable(Problem problem) {
    return new FileResult(problem.at().path(), 0, 0, 0, List.of(), List.of(problem));
  }

  /** The same of an object that stands in no file, under the name that a person knows it by. */
  public FileResult named(String name) {
    return new FileResult(
        name,
        guests,
        volumes,
        passes,
        findings.stream().map(finding -> finding.in(name)).toList(),
        problems.stream()
            .map(
                it ->
                    new Problem(Location.ofFile(name), it.severity(), it.message(), it.help(), ""))
            .toList());
  }

  public long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
