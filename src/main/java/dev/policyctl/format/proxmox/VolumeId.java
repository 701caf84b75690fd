package dev.policyctl.format.proxmox;

import java.util.Optional;

/**
 * A volume of a storage, {@code STORAGE:NAME}.
 *
 * @param storage the storage's id
 * @param name everything after the first colon; what it means is the storage type's matter
 */
record VolumeId(String storage, String name) {

  static Optional<VolumeId> parse(String text) {
    int colon = text.indexOf(':');
    boolean split = colon > 0 && colon + 1 < text.length();
    return split && isStorageId(text.substring(0, colon))
        ? Optional.of(new VolumeId(text.substring(0, colon), text.substring(colon + 1)))
        : Optional.empty();
  }

  /**
   * Whether a storage may be named so: a letter, then letters, digits and {@code -_.}, the last a
   * letter or digit, two characters at least (pve-storage 9.1.7, src/PVE/Storage/Plugin.pm,
   * parse_volume_id).
   */
  static boolean isStorageId(String id) {
    int last = id.length() - 1;
    if (last < 1 || !isLetter(id.charAt(0)) || !isLetterOrDigit(id.charAt(last))) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = id.charAt(i);
      if (!isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLetterOrDigit(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return storage + ":" + name;
  }
}
