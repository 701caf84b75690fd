package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import java.util.List;

/**
 * Storage that keeps data once and as it comes: no checksums, no copies, no copy-on-write.
 *
 * @param what its name in reasons: {@code ext4}, {@code a plain block device}
 */
record PlainRules(String what, Fact<String> directWrites) implements StorageRules {
  @Override
  public Fact<Boolean> cow() {
    return Fact.known(false, what + " is not copy-on-write");
  }

  @Override
  public Fact<Boolean> checksums() {
    return Fact.known(false, what + " keeps no checksums of data");
  }

  @Override
  public Fact<List<String>> profiles() {
    return Fact.known(List.of());
  }

  @Override
  public Fact<Boolean> redundant() {
    return Fact.known(false, what + " keeps no copies");
  }
}
