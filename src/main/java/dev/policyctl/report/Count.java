package dev.policyctl.report;

/** {@code 1 file}, {@code 2 files}. */
final class Count {
  private Count() {}

  static String of(long number, String singular) {
    return of(number, singular, singular + "s");
  }

  static String of(long number, String singular, String plural) {
    return number + " " + (number == 1 ? singular : plural);
  }
}
