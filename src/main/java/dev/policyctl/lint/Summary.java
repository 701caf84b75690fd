package dev.policyctl.lint;

import dev.policyctl.policy.Verdict;

/** Counts over a run. */
public record Summary(
    int files, int guests, int volumes, long pass, long fail, long unknown, long suppressed) {
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0, 0, 0);

  public Summary plus(FileResult file) {
    return new Summary(
        files + 1,
        guests + file.guests(),
        volumes + file.volumes(),
        pass + file.passes(),
        fail + file.count(Verdict.FAIL),
        unknown + file.count(Verdict.UNKNOWN),
        suppressed + file.suppressed().size());
  }
}
