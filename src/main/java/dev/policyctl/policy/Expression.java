package dev.policyctl.policy;

import dev.policyctl.source.Location;
import dev.policyctl.yaml.ScalarText;

/**
 * A CEL expression of a policy file.
 *
 * @param where its key in the policy, for messages: {@code validations[0].expression}
 */
public record Expression(String where, ScalarText origin) {

  public String text() {
    return origin.text();
  }

  public Location location() {
    return origin.location();
  }

  /**
   * The place of a char that CEL names.
   *
   * @param line from 1; below 1 the beginning is meant
   * @param column in code points from 0
   */
  Location location(int line, int column) {
    String text = text();
    int start = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', start);
      if (next < 0) {
        break;
      }
      start = next + 1;
    }
    int available = text.codePointCount(start, text.length());
    int within = Math.max(0, Math.min(column, available));
    return origin.location(text.offsetByCodePoints(start, within));
  }
}
