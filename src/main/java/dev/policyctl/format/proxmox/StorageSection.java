package dev.policyctl.format.proxmox;

import dev.policyctl.source.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One section of {@code storage.cfg} as it stands there.
 *
 * @param type in lower case
 * @param header the header's text, {@code dir: local}
 * @param typeSpan the type within the header
 * @param properties in the file's order; of two with one name the first, as Proxmox takes it
 */
record StorageSection(
    String type, String id, Span header, Span typeSpan, Map<String, Property> properties) {

  /**
   * @param value empty when the line has the name alone
   * @param text name and value
   * @param line the whole line with its line ending
   */
  record Property(String value, Span text, Span line) {}

  static StorageSection of(String type, String id, Span header, Span typeSpan) {
    return new StorageSection(type, id, header, typeSpan, new LinkedHashMap<>());
  }

  boolean has(String property) {
    return properties.containsKey(property);
  }

  String value(String property) {
    Property found = properties.get(property);
    return found == null ? "" : found.value();
  }
}
