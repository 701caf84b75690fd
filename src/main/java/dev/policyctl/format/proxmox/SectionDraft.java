package dev.policyctl.format.proxmox;

import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One section of a guest's configuration while it is read. Of a key that stands twice the last one
 * counts.
 */
final class SectionDraft {
  private final String name;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, Span> settingSpans = new HashMap<>();
  private final Map<String, PropertyString> volumes = new LinkedHashMap<>();
  private final List<Bypass> bypasses = new ArrayList<>();
  private final Set<String> deleted = new LinkedHashSet<>();

  /** A line that hands storage past the model. */
  record Bypass(String key, Span line) {}

  /**
   * @param name the section's name in the model
   */
  SectionDraft(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Keys that say something of the guest, and their text. */
  Map<String, String> settings() {
    return settings;
  }

  /** Values that name storage, in the order of the text. */
  Map<String, PropertyString> volumes() {
    return volumes;
  }

  List<Bypass> bypasses() {
    return bypasses;
  }

  /** Where the value of a setting stands; the key must be set. */
  Span settingSpan(String key) {
    return settingSpans.get(key);
  }

  void setting(String key, String text, Span value) {
    settings.put(key, text);
    settingSpans.put(key, value);
  }

  void volume(String key, PropertyString value) {
    volumes.remove(key);
    volumes.put(key, value);
  }

  /** Takes back the lines of this key that came before. */
  void clearBypasses(String key) {
    bypasses.removeIf(bypass -> bypass.key().equals(key));
  }

  void bypass(String key, Span line) {
    bypasses.add(new Bypass(key, line));
  }

  /** Keys that are taken away from the main section when the pending changes are applied. */
  void delete(Set<String> keys) {
    deleted.clear();
    deleted.addAll(keys);
  }

  /** The settings as they are once this section's changes are applied to the main section. */
  Map<String, String> settingsOver(SectionDraft main) {
    Map<String, String> merged = new HashMap<>(main.settings);
    merged.keySet().removeAll(deleted);
    merged.putAll(settings);
    return merged;
  }
}
