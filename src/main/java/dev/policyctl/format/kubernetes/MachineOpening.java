package dev.policyctl.format.kubernetes;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How KubeVirt has a disk opened (pkg/virt-launcher/virtwrap/converter/converter.go,
 * SetDriverCacheMode; v1.9.0-beta.0).
 */
final class MachineOpening {
  static final String NONE = "none";

  /** What the API takes (pkg/storage/admitters/disks.go, validateCacheMode). */
  static final List<String> MODES = List.of(NONE, "writethrough", "writeback");

  /** File systems whose files open with O_DIRECT, whatever becomes of the flag afterwards. */
  private static final Set<String> ACCEPTING =
      Set.of("btrfs", "zfs", "bcachefs", "ext2", "ext3", "ext4", "xfs", "f2fs", "nfs", "ceph");

  private MachineOpening() {}

  static Opening of(DeclaredVolume volume, Values storage) {
    Fact<Boolean> direct = direct(volume, storage);
    return new Opening(Fact.known("hypervisor"), direct, false, aioAccepted(volume, direct));
  }

  private static Fact<Boolean> direct(DeclaredVolume volume, Values storage) {
    if (!volume.cache().isEmpty()) {
      return written(volume, volume.cache(), "`cache: " + volume.cache() + "`");
    }
    if (volume.shared()) {
      return Fact.known(true, "a `shareable` disk is opened as with `cache: none`");
    }
    return FactOptions.text(volume.options(), OptionName.PREFERRED_CACHE)
        .flatMap(
            preferred ->
                preferred.isEmpty()
                    ? probed(volume, storage)
                    : written(volume, preferred, "`" + preferred + "`"));
  }

  private static Fact<Boolean> written(DeclaredVolume volume, String mode, String setting) {
    if (!MODES.contains(mode)) {
      return Fact.unknown(
          new Missing(
              Field.VOLUME_CACHE.path(),
              volume.key(),
              "KubeVirt refuses `" + mode + "`: use `" + String.join("`, `", MODES) + "`"));
    }
    return mode.equals(NONE)
        ? Fact.known(true, setting + " opens the image with O_DIRECT")
        : Fact.known(false, setting + " goes through the page cache");
  }

  /** virt-launcher opens the image with O_DIRECT, and takes `none` when that works. */
  private static Fact<Boolean> probed(DeclaredVolume volume, Values storage) {
    Fact<Boolean> accepted = accepts(storage);
    if (accepted.is(true) && volume.option(OptionName.BACKED).equals("true")) {
      return Fact.unknown(
          new Missing(
              Field.VOLUME_IO_DIRECT.path(),
              volume.key(),
              "virt-launcher tries O_DIRECT on the image below it, too: set `cache`"));
    }
    return accepted;
  }

  private static Fact<Boolean> accepts(Values storage) {
    if (storage.get(Field.STORAGE_DIRECT_WRITES).is("refused")) {
      return storage
          .get(Field.STORAGE_DIRECT_WRITES)
          .map(refused -> false)
          .because("`cache` is not set: virt-launcher falls back to `writethrough`");
    }
    if (!storage.get(Field.STORAGE_ACCESS).is("file")) {
      return storage.get(Field.STORAGE_ACCESS).flatMap(access -> opened("a block device"));
    }
    Fact<String> filesystem = storage.get(Field.STORAGE_FILESYSTEM);
    if (filesystem.ifKnown().filter(ACCEPTING::contains).isPresent()) {
      return opened(filesystem.ifKnown().orElse(""));
    }
    Fact<String> observed = storage.get(Field.STORAGE_DIRECT_WRITES);
    Optional<Missing> missing = filesystem.whatIsMissing().or(observed::whatIsMissing);
    return missing.isEmpty()
        ? opened(filesystem.ifKnown().orElse(""))
        : Fact.unknown(missing.get());
  }

  private static Fact<Boolean> opened(String what) {
    return Fact.known(
        true, "`cache` is not set: virt-launcher tries O_DIRECT, which " + what + " accepts");
  }

  /**
   * {@code io} is kept as it is written (validateIOMode takes two words), and QEMU starts with
   * {@code native} only when the image is opened directly.
   */
  private static Fact<Boolean> aioAccepted(DeclaredVolume volume, Fact<Boolean> direct) {
    if (!volume.aio().isEmpty()) {
      return accepted(volume.aio(), direct);
    }
    return FactOptions.text(volume.options(), OptionName.PREFERRED_IO)
        .flatMap(preferred -> accepted(preferred, direct));
  }

  private static Fact<Boolean> accepted(String io, Fact<Boolean> direct) {
    return switch (io) {
      case "", "threads" -> Fact.known(true);
      case "native" ->
          direct.flatMap(
              known ->
                  known
                      ? Fact.known(true)
                      : Fact.known(false, "QEMU refuses `io: native` without O_DIRECT"));
      default -> Fact.known(false, "KubeVirt knows no `io: " + io + "`");
    };
  }
}
