package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Layer;
import dev.policyctl.model.HostFacts.Zfs;
import dev.policyctl.model.HostFacts.ZfsPool;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Where one volume lies: what its definition says of the place, and what of the host's inventory is
 * found there.
 *
 * @param unmade whether it stands for images that are still to be made, as a storage definition
 *     does
 * @param access as effective: a storage class whose path is known is made of files
 * @param path as effective
 * @param mount the mount that holds it, or that is its dataset
 * @param file facts of the image itself
 * @param directory facts of the directory that it is made in, or that it is
 * @param zvol whether it is a ZFS volume
 * @param zfs properties of its dataset or volume
 * @param below block layers under it, nearest first; absent when not known
 * @param options of the mount, else those that the storage's definition mounts with
 */
record Site(
    Placement placement,
    boolean unmade,
    Host host,
    Fact<String> access,
    Fact<String> path,
    Optional<Filesystem> mount,
    Optional<HostFile> file,
    Optional<HostFile> directory,
    boolean zvol,
    Optional<Zfs> zfs,
    Optional<ZfsPool> pool,
    Optional<List<Layer>> below,
    List<String> options) {

  /** What a missing fact is missing of: the storage, else the path, else the host. */
  String name() {
    if (!placement.storageId().isEmpty()) {
      return placement.storageId();
    }
    return path.ifKnown().filter(known -> !known.isEmpty()).orElse(host.name());
  }

  /** A fact that nothing says anything of: a probe would. */
  Missing missing(Field<?> field) {
    return missing(field, host.helpToProbe());
  }

  Missing missing(Field<?> field, String help) {
    return new Missing(field.path(), name(), help);
  }

  /** For reasons: the mount point, else the storage's type. */
  String place() {
    return mount
        .map(it -> "`" + it.mountPoint() + "`")
        .orElseGet(
            () ->
                placement
                    .type()
                    .ifKnown()
                    .filter(type -> !type.isEmpty())
                    .map(type -> "a storage of type `" + type + "`")
                    .orElse("the volume"));
  }
}
