package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredVolume;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a kind of guest makes of a value that names storage. */
interface VolumeRule {

  /**
   * @param settings the guest's settings as they are with this section
   */
  DeclaredVolume declare(
      String section, String key, PropertyString value, Map<String, String> settings);

  /** Every option under its own name. */
  static Map<String, String> options(PropertyString value) {
    Map<String, String> options = new LinkedHashMap<>();
    value.options().forEach((name, option) -> options.put(name, option.value()));
    return options;
  }

  /** A template's volumes are its clones' backing: nothing writes them. */
  static boolean isTemplate(Map<String, String> settings) {
    return settings.getOrDefault("template", "").equals("1");
  }
}
