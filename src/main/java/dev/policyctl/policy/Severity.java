package dev.policyctl.policy;

/** How much a failure of a policy matters, the gravest first. */
public enum Severity {
  ERROR,
  WARNING,
  INFO;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public boolean isAtLeast(Severity other) {
    return compareTo(other) <= 0;
  }

  /** This one, or {@code limit} when this one is graver. */
  public Severity atMost(Severity limit) {
    return isAtLeast(limit) ? limit : this;
  }
}
