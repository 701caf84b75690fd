package dev.policyctl.format.proxmox;

/** The forms of what a guest's volume may be made of. */
final class VolumeSource {
  private VolumeSource() {}

  static boolean isVolumeId(String text) {
    return VolumeId.parse(text).isPresent();
  }

  /** What a drive's {@code file} may be: {@code verify_volume_id_or_qm_path} of qemu-server. */
  static boolean isDriveFile(String text) {
    return text.equals("none") || text.equals("cdrom") || text.startsWith("/") || isVolumeId(text);
  }

  /** What a container's {@code volume} may be: {@code verify_lxc_mp_string} of pve-container. */
  static boolean isMountSource(String text) {
    return !text.startsWith("../")
        && !text.contains("/./")
        && !text.contains("/../")
        && !text.endsWith("/.")
        && !text.endsWith("/..");
  }

  /** Whether a container's {@code volume} names one of a storage, {@code classify_mountpoint}. */
  static boolean isOnStorage(String mountSource) {
    return !mountSource.startsWith("/");
  }
}
