package dev.policyctl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value that is known, with the reasons for it, or unknown, with what would decide it.
 *
 * <p>A reason is a clause for the reader, in the words of {@code message}s: lowercase start, no
 * final period, user text in backticks.
 */
public sealed interface Fact<T> {

  /**
   * @param because why the value is what it is; empty when the definition simply says so
   */
  record Known<T>(T value, List<String> because) implements Fact<T> {
    public Known {
      because = List.copyOf(because);
    }
  }

  record Unknown<T>(Missing missing) implements Fact<T> {}

  static <T> Fact<T> known(T value, String... because) {
    return new Known<>(value, List.of(because));
  }

  static <T> Fact<T> unknown(Missing missing) {
    return new Unknown<>(missing);
  }

  default boolean isKnown() {
    return this instanceof Known;
  }

  /** True only when the value is known and equal. */
  default boolean is(T expected) {
    return this instanceof Known<T> known && known.value().equals(expected);
  }

  default Optional<T> ifKnown() {
    return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
  }

  default List<String> because() {
    return this instanceof Known<T> known ? known.because() : List.of();
  }

  default Optional<Missing> whatIsMissing() {
    return this instanceof Unknown<T> unknown ? Optional.of(unknown.missing()) : Optional.empty();
  }

  /** Another value that follows from this one, for the same reasons, or unknown as this one is. */
  default <R> Fact<R> map(Function<T, R> conclusion) {
    return flatMap(value -> known(conclusion.apply(value)));
  }

  /** A fact that follows from this one; the reasons of both are kept, this one's first. */
  default <R> Fact<R> flatMap(Function<T, Fact<R>> conclusion) {
    if (this instanceof Unknown<T> unknown) {
      return unknown(unknown.missing());
    }
    Known<T> known = (Known<T>) this;
    Fact<R> result = conclusion.apply(known.value());
    return result instanceof Known<R> next
        ? new Known<>(next.value(), joined(known.because(), next.because()))
        : result;
  }

  /** The same fact with one more reason; an unknown fact stays as it is. */
  default Fact<T> because(String reason) {
    return this instanceof Known<T> known
        ? new Known<>(known.value(), joined(known.because(), List.of(reason)))
        : this;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    for (String reason : second) {
      if (!all.contains(reason)) {
        all.add(reason);
      }
    }
    return all;
  }
}
