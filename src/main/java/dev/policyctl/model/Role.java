package dev.policyctl.model;

import java.util.Locale;

/** What a volume is for. */
public enum Role {
  DISK,
  ROOTFS,
  MOUNT,
  CDROM,
  EFI,
  TPM,
  CLOUDINIT,
  FILESYSTEM,
  UNUSED;

  /** The word for it in the model. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the guest writes a volume of this role at all. */
  public boolean isWritten() {
    return this != CDROM && this != CLOUDINIT && this != UNUSED;
  }
}
