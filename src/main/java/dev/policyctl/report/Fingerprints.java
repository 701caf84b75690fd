package dev.policyctl.report;

import dev.policyctl.policy.Finding;
import dev.policyctl.source.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names for the findings of one run that stay the same when lines move: a finding is told by its
 * file, guest, volume, host and policy. Where two share all of these they are numbered.
 */
final class Fingerprints {
  private final Map<String, Integer> seen = new HashMap<>();
  private String path = "";

  /** Findings of one file must come one after another. */
  String of(Finding finding) {
    return of(
        finding.at().path(),
        List.of(
            finding.format(),
            finding.guest(),
            finding.section(),
            finding.subject(),
            finding.host(),
            finding.policy()));
  }

  String of(Problem problem) {
    return of(problem.at().path(), List.of("problem", problem.message()));
  }

  private String of(String file, List<String> parts) {
    if (!file.equals(path)) {
      path = file;
      seen.clear();
    }
    // A NUL stands in no path, and keeps the parts apart.
    String key = ReportPath.plain(file) + '\0' + String.join("\0", parts);
    String digest = digest(key);
    int before = seen.merge(digest, 1, Integer::sum) - 1;
    return before == 0 ? digest : digest(key + '\0' + before);
  }

  private static String digest(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has SHA-256.
    }
  }
}
