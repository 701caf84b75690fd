package dev.policyctl.resolve;

import java.util.Optional;

/**
 * A Linux release as {@code uname -r} prints it, judged by its leading numbers: {@code
 * 6.8.12-4-pve}, {@code 6.12.0-55.el10}, {@code 6.15-rc3}.
 *
 * @param text as it was given
 * @param candidate a release candidate: it comes before the release of the same numbers
 * @param vendor something follows the numbers: the builder may have backported changes
 */
public record KernelRelease(
    String text, int major, int minor, int patch, boolean candidate, boolean vendor) {

  /** Empty when the text does not begin with two numbers. */
  public static Optional<KernelRelease> parse(String text) {
    return LeadingNumbers.parse(text)
        .map(
            numbers -> {
              boolean candidate = isCandidate(numbers.rest());
              return new KernelRelease(
                  text,
                  numbers.first(),
                  numbers.second(),
                  numbers.third(),
                  candidate,
                  !candidate && !numbers.rest().isEmpty());
            });
  }

  /** Whether this is the release {@code major.minor} or a later one, in Linus Torvalds' line. */
  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    if (major != wantedMajor || minor != wantedMinor) {
      return major > wantedMajor || (major == wantedMajor && minor > wantedMinor);
    }
    return !candidate || patch > 0;
  }

  /** Whether this is of the stable series {@code major.minor} and at or after its point release. */
  public boolean isInSeriesFrom(int wantedMajor, int wantedMinor, int wantedPatch) {
    boolean isOfSeries = major == wantedMajor && minor == wantedMinor;
    return isOfSeries && (patch > wantedPatch || (patch == wantedPatch && !candidate));
  }

  /** {@code -rc3}, {@code ~rc3}, or Fedora's {@code -0.rc3.…}. */
  private static boolean isCandidate(String rest) {
    int at = rest.indexOf("rc");
    return at > 0
        && "-.~".indexOf(rest.charAt(at - 1)) >= 0
        && at + 2 < rest.length()
        && Character.isDigit(rest.charAt(at + 2));
  }
}
