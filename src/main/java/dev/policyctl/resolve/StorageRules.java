package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import java.util.List;

/**
 * What one kind of file system does with the data of one volume, by itself: what the facts say
 * outright of direct writes and what block layers below add comes on top.
 */
interface StorageRules {

  /** Value of {@code storage.cow}. */
  Fact<Boolean> cow();

  /** Whether the file system checksums this volume's data. */
  Fact<Boolean> checksums();

  Fact<List<String>> profiles();

  Fact<Boolean> redundant();

  /** One of the values of {@code storage.directWrites}. */
  Fact<String> directWrites();

  default Fact<Boolean> alwaysDirect() {
    return Fact.known(false);
  }
}
