package dev.policyctl.diagnose;

/** What a damaged file's definition says about the damage. */
public enum Explanation {
  /** The guest is written with O_DIRECT onto checksummed data: healthy disks look like this too. */
  DEFINITION("definition"),
  /** A definition is known and cannot have done it: the hardware is suspect. */
  NOT_DEFINITION("notDefinition"),
  /** No guest's image: no definition can have done it. */
  NO_GUEST("noGuest"),
  /** A fact is missing, and named. */
  UNKNOWN("unknown");

  private final String word;

  Explanation(String word) {
    this.word = word;
  }

  /** The word for it in reports. */
  public String word() {
    return word;
  }
}
