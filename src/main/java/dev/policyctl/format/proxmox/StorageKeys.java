package dev.policyctl.format.proxmox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a guest's configuration that name storage: a prefix and an index, with the schema of
 * their value.
 */
final class StorageKeys {

  /**
   * A kind of key.
   *
   * @param count how many there are, counted from 0; 1 for a key without an index
   * @param indexed whether an index is written
   */
  record Kind(String prefix, int count, boolean indexed, PropertySchema schema) {
    /** {@code `scsi0` to `scsi30`}. */
    String range() {
      if (!indexed) {
        return "`" + prefix + "`";
      }
      String first = "`" + prefix + "0`";
      return count == 1 ? first : first + " to `" + prefix + (count - 1) + "`";
    }

    private boolean hasIndex(String digits) {
      boolean canonical = !digits.isEmpty() && (digits.length() == 1 || digits.charAt(0) != '0');
      return indexed
          ? canonical && digits.length() <= 3 && Integer.parseInt(digits) < count
          : digits.isEmpty();
    }
  }

  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  StorageKeys add(String prefix, int count, PropertySchema schema) {
    kinds.put(prefix, new Kind(prefix, count, true, schema));
    return this;
  }

  StorageKeys addWithoutIndex(String key, PropertySchema schema) {
    kinds.put(key, new Kind(key, 1, false, schema));
    return this;
  }

  /** The key's kind, when it is one that Proxmox knows. */
  Optional<Kind> kind(String key) {
    return resembling(key).filter(kind -> kind.hasIndex(key.substring(kind.prefix().length())));
  }

  /** The kind that a key of this prefix was meant for: of {@code scsi31}, that of {@code scsi0}. */
  Optional<Kind> resembling(String key) {
    int end = key.length();
    while (end > 0 && key.charAt(end - 1) >= '0' && key.charAt(end - 1) <= '9') {
      end--;
    }
    return Optional.ofNullable(kinds.get(key.substring(0, end)));
  }
}
