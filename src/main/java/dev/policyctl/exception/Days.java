package dev.policyctl.exception;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Days on which something ends, as {@code 2027-03-01}. */
final class Days {
  /** How many days before its end an exception is told of. */
  private static final int NOTICE = 14;

  private Days() {}

  static Optional<LocalDate> parse(String text) {
    try {
      return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Whether it still holds and ends within a fortnight. */
  static boolean isSoon(LocalDate until, LocalDate today) {
    return !today.isAfter(until) && today.plusDays(NOTICE).compareTo(until) >= 0;
  }
}
