package dev.policyctl.exception;

import java.time.LocalDate;
import java.util.Optional;

/** Why somebody should look at an exception, though nothing is wrong with it. */
public record Attention(Why why, String message, String help) {

  /** The first that holds is told of. */
  public enum Why {
    EXPIRED,
    ENDS_SOON,
    UNUSED
  }

  /**
   * @param isUnused whether all that it may cover was judged, and nothing of it was suppressed
   */
  public static Optional<Attention> of(
      StoragePolicyException exception, LocalDate today, boolean isUnused) {
    String name = "exception `" + exception.name() + "`";
    if (!exception.holdsOn(today)) {
      return Optional.of(
          new Attention(
              Why.EXPIRED,
              name + " expired on " + exception.until(),
              "cure what it covers, write a later `until`, or take it away"));
    }
    if (exception.endsSoon(today)) {
      return Optional.of(
          new Attention(
              Why.ENDS_SOON,
              name + " ends on " + exception.until(),
              "cure what it covers, or write a later `until`"));
    }
    return isUnused
        ? Optional.of(new Attention(Why.UNUSED, name + " suppresses nothing", "take it away"))
        : Optional.empty();
  }
}
