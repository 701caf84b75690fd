package dev.policyctl.lint;

import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.exception.Suppression;
import dev.policyctl.source.Location;
import java.util.HashSet;
import java.util.Set;

/** The exceptions that a run needed, by where they stand. */
public final class UsedExceptions {
  private final Set<Location> used = new HashSet<>();

  public void add(FileResult result) {
    result.suppressed().stream()
        .filter(it -> it.by().by() == Suppression.By.EXCEPTION)
        .forEach(it -> used.add(it.by().at()));
  }

  public boolean has(StoragePolicyException exception) {
    return used.contains(exception.at());
  }
}
