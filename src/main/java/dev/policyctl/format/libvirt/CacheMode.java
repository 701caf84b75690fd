package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredVolume;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A disk's cache mode, as {@code qemuDomainDiskCachemodeFlags} (libvirt 9.0 to 11.3, {@code
 * src/qemu/qemu_domain.c}) hands it to QEMU.
 */
enum CacheMode {
  /** Nothing is said to QEMU, which then goes through the page cache. */
  DEFAULT(false),
  NONE(true),
  WRITETHROUGH(false),
  WRITEBACK(false),
  DIRECTSYNC(true),
  UNSAFE(false);

  private final boolean direct;

  CacheMode(boolean direct) {
    this.direct = direct;
  }

  /** Whether QEMU is told to open with O_DIRECT, the whole backing chain included. */
  boolean isDirect() {
    return direct;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode without O_DIRECT in which the guest sees the same write cache. */
  CacheMode buffered() {
    return switch (this) {
      case DIRECTSYNC -> WRITETHROUGH;
      case NONE, DEFAULT -> WRITEBACK;
      default -> this;
    };
  }

  /** By its exact spelling: libvirt neither trims nor folds case. */
  static Optional<CacheMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(CacheMode::word).toList();
  }

  /** As written, {@link #DEFAULT} when not written; empty for a word that libvirt refuses. */
  static Optional<CacheMode> written(DeclaredVolume volume) {
    return volume.cache().isEmpty() ? Optional.of(DEFAULT) : of(volume.cache());
  }
}
