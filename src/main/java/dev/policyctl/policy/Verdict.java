package dev.policyctl.policy;

/** What a policy says of a subject. */
public enum Verdict {
  PASS,
  FAIL,
  /** A fact is missing that would decide. */
  UNKNOWN;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
