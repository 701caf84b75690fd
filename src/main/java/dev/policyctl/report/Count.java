package dev.policyctl.report;

/** {@code 1 file}, {@code 2 files}. */
public final class Count {
  private Count() {}

  public static String of(long number, String singular) {
    return of(number, singular, singular + "s");
  }

  public static String of(long number, String singular, String plural) {
    return number + " " + (number == 1 ? singular : plural);
  }
}
