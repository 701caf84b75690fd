package dev.policyctl.format.proxmox;

/** The forms of a volume's name, {@code Plugin.pm} of pve-storage 9.1. */
final class VolumeId {
  private VolumeId() {}

  /** {@code STORAGE:VOLNAME}, {@code parse_volume_id}. */
  static boolean isVolumeId(String text) {
    int colon = text.indexOf(':');
    return colon >= 2 && colon < text.length() - 1 && isStorageId(text, colon);
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

  private static boolean isStorageId(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      boolean inner = i > 0 && i < length - 1 && (c == '-' || c == '_' || c == '.');
      if (!letter && !inner && !(digit && i > 0)) {
        return false;
      }
    }
    return true;
  }
}
