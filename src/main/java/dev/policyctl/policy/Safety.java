package dev.policyctl.policy;

/** What a fix does to the guest, the safest first. */
public enum Safety {
  /** Keeps the guest's behaviour apart from the hazard. */
  SAFE,
  /** Changes something that a person should agree to. */
  UNSAFE,
  /** Steps for a person: no edit of the definition can do it. */
  MANUAL;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
