package dev.policyctl.model;

import java.util.Map;

/**
 * What a fix wants to be different in a definition: model fields and the values they shall have.
 *
 * @param guest id of the guest; empty for a change of a storage definition
 * @param key the volume's key or the storage's id
 * @param values field paths and values (text, boolean), effective fields too: the format knows how
 *     to write them
 */
public record Change(String guest, String key, String section, Map<String, Object> values) {
  public Change {
    values = Map.copyOf(values);
  }

  /** What a change is a change of: a volume in a section, or a storage. */
  public record Place(String guest, String key, String section) {}

  public Place place() {
    return new Place(guest, key, section);
  }

  public boolean isInSnapshot() {
    return section.startsWith(DeclaredVolume.SNAPSHOT_PREFIX);
  }
}
