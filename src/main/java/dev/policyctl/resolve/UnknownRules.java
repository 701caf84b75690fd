package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import java.util.List;

/** Of a file system that is not known nothing is: all for want of the same fact. */
record UnknownRules(Missing missing) implements StorageRules {
  @Override
  public Fact<Boolean> cow() {
    return Fact.unknown(missing);
  }

  @Override
  public Fact<Boolean> checksums() {
    return Fact.unknown(missing);
  }

  @Override
  public Fact<List<String>> profiles() {
    return Fact.unknown(missing);
  }

  @Override
  public Fact<Boolean> redundant() {
    return Fact.unknown(missing);
  }

  @Override
  public Fact<String> directWrites() {
    return Fact.unknown(missing);
  }

  @Override
  public Fact<Boolean> alwaysDirect() {
    return Fact.unknown(missing);
  }
}
