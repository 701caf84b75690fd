package dev.policyctl.lint;

import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one file.
 *
 * @param path as it was named
 * @param guests how many it defines
 * @param volumes how many its guests have, in all sections
 * @param passes how often a policy passed a subject
 * @param findings failures and unknowns, in the order of their places and policies; passes too when
 *     they were asked for; those that are suppressed are none of them
 * @param subjects all that was judged; empty unless it was asked for
 * @param suppressed failures and unknowns that somebody has accepted
 */
public record FileResult(
    String path,
    int guests,
    int volumes,
    int passes,
    List<Finding> findings,
    List<Problem> problems,
    List<JudgedSubject> subjects,
    List<SuppressedFinding> suppressed) {
  public FileResult {
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
    subjects = List.copyOf(subjects);
    suppressed = List.copyOf(suppressed);
  }

  /** Problems of a document that is no definition, or of none that could be judged. */
  public static FileResult ofProblems(String path, List<Problem> problems) {
    return new FileResult(path, 0, 0, 0, List.of(), problems, List.of(), List.of());
  }

  /** A file that could not be judged at all. */
  public static FileResult unreadable(Problem problem) {
    return ofProblems(problem.at().path(), List.of(problem));
  }

  /** The same with one more problem. */
  public FileResult with(Problem problem) {
    List<Problem> all = new ArrayList<>(problems);
    all.add(problem);
    return new FileResult(path, guests, volumes, passes, findings, all, subjects, suppressed);
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
            .toList(),
        subjects,
        suppressed.stream().map(it -> it.in(name)).toList());
  }

  public long count(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
