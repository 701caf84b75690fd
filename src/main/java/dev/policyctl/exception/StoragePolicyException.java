package dev.policyctl.exception;

import dev.policyctl.source.Location;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A document in which a person accepts what policies object to.
 *
 * @param namespace the one that it lies in as an object of a cluster, beyond which it does not
 *     reach
 * @param until the last day on which it holds, UTC
 * @param at where it stands
 */
public record StoragePolicyException(
    String name,
    Optional<String> namespace,
    List<String> policies,
    Match match,
    String reason,
    LocalDate until,
    Location at) {
  public StoragePolicyException {
    policies = List.copyOf(policies);
  }

  /** What it covers: all that are given must match; an empty list is not given. */
  public record Match(
      List<String> paths,
      List<String> guests,
      List<String> volumes,
      List<String> storages,
      List<String> namespaces) {
    public Match {
      paths = List.copyOf(paths);
      guests = List.copyOf(guests);
      volumes = List.copyOf(volumes);
      storages = List.copyOf(storages);
      namespaces = List.copyOf(namespaces);
    }

    boolean covers(Concern concern) {
      return any(paths, concern.path())
          && any(guests, concern.guest())
          && any(volumes, concern.volume())
          && any(storages, concern.storage())
          && any(namespaces, concern.namespace());
    }

    private static boolean any(List<String> patterns, String value) {
      return patterns.isEmpty()
          || (!value.isEmpty()
              && patterns.stream().anyMatch(pattern -> new Glob(pattern).matches(value)));
    }
  }

  /** Whether it suppresses such a finding on this day; paths are seen from where it holds. */
  public boolean covers(Concern concern, LocalDate today) {
    return holdsOn(today) && matches(concern);
  }

  boolean matches(Concern concern) {
    return policies.contains(concern.policy())
        && namespace.map(concern.namespace()::equals).orElse(true)
        && match.covers(concern);
  }

  public boolean holdsOn(LocalDate today) {
    return !today.isAfter(until);
  }

  /** Whether it still holds and ends within a fortnight. */
  public boolean endsSoon(LocalDate today) {
    return Days.isSoon(until, today);
  }

  Suppression suppression() {
    return new Suppression(Suppression.By.EXCEPTION, name, reason, until.toString(), at);
  }
}
