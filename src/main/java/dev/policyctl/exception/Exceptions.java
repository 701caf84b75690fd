package dev.policyctl.exception;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that was accepted for the definitions of one context: documents and a baseline, and whether
 * what definitions say of themselves counts. Immutable and thread-safe.
 */
public final class Exceptions {
  /** Nothing is accepted, whatever definitions say of themselves. */
  public static final Exceptions NONE =
      new Exceptions(List.of(), Optional.empty(), false, () -> LocalDate.MAX);

  private final Map<String, List<Scoped>> byPolicy = new HashMap<>();
  private final Optional<Known> baseline;
  private final boolean obeysFiles;
  private final Supplier<LocalDate> today;

  /**
   * An exception and the directory that its paths are seen from.
   *
   * @param base with links resolved and {@code /} between its parts
   */
  public record Scoped(StoragePolicyException exception, String base) {}

  /**
   * A baseline and the directory that its paths are seen from.
   *
   * @param source the suppression that it gives
   */
  public record Known(Baseline baseline, String base, Suppression source) {}

  /**
   * @param obeysFiles whether allowances in definitions count; not where whoever writes a
   *     definition must not decide about it
   * @param today the day in UTC, which may change while this lives
   */
  public Exceptions(
      Collection<Scoped> documents,
      Optional<Known> baseline,
      boolean obeysFiles,
      Supplier<LocalDate> today) {
    for (Scoped scoped : documents) {
      for (String policy : scoped.exception().policies()) {
        byPolicy.computeIfAbsent(policy, name -> new ArrayList<>()).add(scoped);
      }
    }
    this.baseline = baseline;
    this.obeysFiles = obeysFiles;
    this.today = today;
  }

  /** Whether allowances in definitions count. */
  public boolean obeysFiles() {
    return obeysFiles;
  }

  /** What an allowance comes to that covers a finding. */
  public Decision decide(Allowance allowance) {
    return allowance.decision(today.get());
  }

  /** Whether it still holds and ends within a fortnight. */
  public boolean endsSoon(Allowance allowance) {
    return allowance.endsSoon(today.get());
  }

  /** Whether it never says yes. */
  public boolean isEmpty() {
    return byPolicy.isEmpty() && baseline.isEmpty();
  }

  /**
   * @param verdict {@code fail} or {@code unknown}
   */
  public Decision decide(Concern concern, String verdict) {
    List<String> expired = new ArrayList<>();
    for (Scoped scoped : byPolicy.getOrDefault(concern.policy(), List.of())) {
      StoragePolicyException exception = scoped.exception();
      if (exception.matches(concern.seenFrom(scoped.base()))) {
        if (exception.holdsOn(today.get())) {
          return Decision.suppressed(exception.suppression());
        }
        expired.add("exception `" + exception.name() + "` expired on " + exception.until());
      }
    }
    return baseline
        .filter(known -> known.baseline().covers(key(concern, known.base()), verdict))
        .map(known -> Decision.suppressed(known.source()))
        .orElse(new Decision(Optional.empty(), expired));
  }

  private static Baseline.Key key(Concern concern, String base) {
    Concern seen = concern.seenFrom(base);
    return new Baseline.Key(
        seen.path(), concern.guest(), concern.subject(), concern.section(), concern.policy());
  }
}
