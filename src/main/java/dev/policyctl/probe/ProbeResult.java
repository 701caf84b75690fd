package dev.policyctl.probe;

import dev.policyctl.model.HostFacts;
import dev.policyctl.source.Problem;
import java.util.List;

/**
 * What could be read, and what could not.
 *
 * @param notes in the order in which they came up; an error where a path that was asked for, or the
 *     list of mounts, could not be read, a warning for any other fact that is missing
 */
public record ProbeResult(HostFacts facts, List<Problem> notes) {
  public ProbeResult {
    notes = List.copyOf(notes);
  }
}
