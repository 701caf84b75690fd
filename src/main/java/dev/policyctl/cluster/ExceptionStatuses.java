package dev.policyctl.cluster;

import dev.policyctl.exception.Attention;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells in the status of a cluster's exceptions what a scan found out about them: whether they are
 * of use, and whether they hold.
 */
public final class ExceptionStatuses {
  private static final String USED = "Used";
  private static final String CURRENT = "Current";

  private ExceptionStatuses() {}

  /**
   * Writes what is not there yet.
   *
   * @param exceptions those that the scan obeyed
   * @param isUsed whether it needed one
   * @param isWhole whether it judged everything, so that one may be told to be of no use
   */
  public static void write(
      KubernetesClient client,
      Clock clock,
      Collection<StoragePolicyException> exceptions,
      Predicate<StoragePolicyException> isUsed,
      boolean isWhole) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Map<String, StoragePolicyException> byName = new HashMap<>();
    exceptions.forEach(exception -> byName.put(exception.name(), exception));
    for (GenericKubernetesResource resource : Documents.list(client, WatchedKind.EXCEPTIONS)) {
      StoragePolicyException exception = byName.get(resource.getMetadata().getName());
      // One that was changed since is told of by the next scan.
      if (exception != null && isSame(exception, resource)) {
        conditions(exception, today, isUsed.test(exception), isWhole).stream()
            .map(it -> it.of(Documents.generation(resource)))
            .filter(it -> !it.isIn(Objects.json(resource)))
            .forEach(it -> it.write(client, WatchedKind.EXCEPTIONS, exception.name(), clock));
      }
    }
  }

  private static boolean isSame(
      StoragePolicyException exception, GenericKubernetesResource resource) {
    SourceText text = Objects.document(resource);
    return ClusterMemory.readException(text).value().equals(Optional.of(exception));
  }

  private static List<Condition> conditions(
      StoragePolicyException exception, LocalDate today, boolean isUsed, boolean isWhole) {
    List<Condition> conditions = new ArrayList<>();
    if (isUsed) {
      conditions.add(new Condition(USED, true, "Suppresses", "suppresses findings", 0));
    } else if (isWhole) {
      conditions.add(
          new Condition(USED, false, "SuppressesNothing", "suppresses nothing of what exists", 0));
    }
    Optional<Attention> attention = Attention.of(exception, today, false);
    boolean isOver = attention.filter(it -> it.why() == Attention.Why.EXPIRED).isPresent();
    String reason = isOver ? "Expired" : attention.isPresent() ? "EndsSoon" : "Holds";
    String message =
        attention.map(it -> it.message() + ": " + it.help()).orElse("until " + exception.until());
    conditions.add(new Condition(CURRENT, !isOver, reason, message, 0));
    return conditions;
  }
}
