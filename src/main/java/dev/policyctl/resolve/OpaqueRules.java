package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import java.util.List;

/**
 * A file system that hands data on to another one ({@code overlay}, FUSE), or that is not known:
 * what becomes of the data is not visible from its name.
 */
record OpaqueRules(Site site, String filesystem) implements StorageRules {
  @Override
  public Fact<Boolean> cow() {
    return unknown(Field.STORAGE_COW);
  }

  @Override
  public Fact<Boolean> checksums() {
    return unknown(Field.STORAGE_CHECKSUMS);
  }

  @Override
  public Fact<List<String>> profiles() {
    return unknown(Field.STORAGE_PROFILES);
  }

  @Override
  public Fact<Boolean> redundant() {
    return unknown(Field.STORAGE_REDUNDANT);
  }

  @Override
  public Fact<String> directWrites() {
    return Fact.unknown(
        site.missing(
            Field.STORAGE_DIRECT_WRITES,
            "say `directWrites` of " + site.place() + " in the host's facts"));
  }

  private <T> Fact<T> unknown(Field<T> field) {
    return Fact.unknown(
        site.missing(
            field,
            "what lies behind `"
                + filesystem
                + "` is not visible: put the volume on a file system that policyctl knows"));
  }
}
