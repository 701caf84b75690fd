package dev.policyctl.format.proxmox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of one kind of property string.
 *
 * @param defaultKey the option that a value without a key belongs to; empty when there is none
 * @param aliases other names of options, and the options they stand for
 */
record PropertySchema(
    String defaultKey,
    Map<String, ValueType> options,
    Map<String, String> aliases,
    List<String> required) {

  /** Every name that may be written, for suggestions. */
  List<String> names() {
    return List.copyOf(options.keySet());
  }

  static Builder builder(String defaultKey, ValueType type) {
    return new Builder(defaultKey).option(defaultKey, type);
  }

  /** Collects options. */
  static final class Builder {
    private final String defaultKey;
    private final Map<String, ValueType> options = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private List<String> required;

    private Builder(String defaultKey) {
      this.defaultKey = defaultKey;
      this.required = List.of(defaultKey);
    }

    Builder option(String name, ValueType type) {
      options.put(name, type);
      return this;
    }

    Builder alias(String name, String option) {
      aliases.put(name, option);
      return this;
    }

    Builder require(String... names) {
      required = List.of(names);
      return this;
    }

    PropertySchema build() {
      return new PropertySchema(defaultKey, options, aliases, required);
    }
  }
}
