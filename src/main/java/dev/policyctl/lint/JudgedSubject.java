package dev.policyctl.lint;

import dev.policyctl.model.Values;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import java.util.Optional;

/**
 * A guest, volume or storage definition on one host, and the worst that policies said of it.
 *
 * @param guest the guest's id; empty for a storage definition
 * @param subject the volume's key or the storage's id; empty for a guest
 * @param host empty when none is known
 * @param severity of the gravest failure; empty unless the verdict is a failure
 */
public record JudgedSubject(
    String format,
    String guest,
    String subject,
    String section,
    String host,
    Values values,
    Verdict verdict,
    Optional<Severity> severity) {

  public boolean isVolume() {
    return !guest.isEmpty() && !subject.isEmpty();
  }
}
