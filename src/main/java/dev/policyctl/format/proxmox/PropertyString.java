package dev.policyctl.format.proxmox;

import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comma-separated list of {@code key=value}, read as {@code parse_property_string} of pve-common
 * does: split at every comma, blank parts left out, the key is what stands before the first {@code
 * =}, nothing is trimmed, nothing can be quoted.
 */
final class PropertyString {
  private static final int MOST_FAULTS = 20;
  private static final int MOST_LISTED = 20;

  /**
   * One option.
   *
   * @param span the whole of {@code key=value}, or the value alone where no key is written
   * @param value booleans as {@code 1} and {@code 0}
   */
  record Option(Span span, String value) {}

  /** What is wrong with a part of the string. */
  record Fault(Span at, String message, String help) {}

  private final Span span;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private PropertyString(Span span) {
    this.span = span;
  }

  static PropertyString parse(SourceText source, Span span, PropertySchema schema) {
    PropertyString result = new PropertyString(span);
    result.readParts(source.slice(span), schema);
    result.requireOptions(schema);
    return result;
  }

  /** The whole string. */
  Span span() {
    return span;
  }

  /** The options that are written, under their own names; those with faults, too. */
  Map<String, Option> options() {
    return options;
  }

  /** The first {@value #MOST_FAULTS}, in the order of the text. */
  List<Fault> faults() {
    return faults;
  }

  Optional<Option> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The option's value; empty when it is not written. */
  String value(String name) {
    Option option = options.get(name);
    return option == null ? "" : option.value();
  }

  boolean isTrue(String name) {
    return value(name).equals("1");
  }

  private void readParts(String text, PropertySchema schema) {
    int from = 0;
    while (from < text.length() && faults.size() < MOST_FAULTS) {
      int comma = text.indexOf(',', from);
      int to = comma < 0 ? text.length() : comma;
      if (Blanks.trimStart(text, from, to) < to) {
        Span part = new Span(span.start() + from, span.start() + to);
        readPart(text.substring(from, to), part, schema);
      }
      from = to + 1;
    }
  }

  private void readPart(String text, Span part, PropertySchema schema) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      readBareValue(text, part, schema);
    } else if (equals == 0) {
      fault(part, "an option without a name", "write `key=value`");
    } else if (equals == text.length() - 1) {
      String name = ProblemLog.quoted(text.substring(0, equals));
      fault(part, name + " has no value", "give it a value or remove it");
    } else {
      readOption(text.substring(0, equals), text.substring(equals + 1), part, schema);
    }
  }

  private void readBareValue(String value, Span part, PropertySchema schema) {
    if (options.containsKey(schema.defaultKey())) {
      fault(
          part,
          ProblemLog.quoted(value) + " has no key, and `" + schema.defaultKey() + "` is set",
          "write `key=value`" + ProblemLog.didYouMean(value, schema.names()));
    } else {
      store(schema.defaultKey(), value, part, schema);
    }
  }

  // An alias may stand beside its option and then takes its place: Proxmox looks for a duplicate
  // under the name that is written.
  private void readOption(String written, String value, Span part, PropertySchema schema) {
    String name = schema.aliases().getOrDefault(written, written);
    if (!schema.options().containsKey(name)) {
      fault(part, "unknown option " + ProblemLog.quoted(written), helpFor(written, schema));
    } else if (options.containsKey(written)) {
      fault(part, "`" + written + "` is set twice", "remove one");
    } else {
      store(name, value, part, schema);
    }
  }

  private static String helpFor(String unknown, PropertySchema schema) {
    if (unknown.indexOf('/') >= 0 || unknown.indexOf(':') >= 0) {
      return "write `" + schema.defaultKey() + "=` before a name that has a `=` in it";
    }
    String near = ProblemLog.didYouMean(unknown, schema.names());
    boolean tooMany = schema.names().size() > MOST_LISTED && !near.isEmpty();
    return tooMany
        ? near.substring("; ".length())
        : "use " + ValueType.listed(schema.names()) + near;
  }

  private void store(String name, String value, Span part, PropertySchema schema) {
    ValueType type = schema.options().get(name);
    String stored = value;
    if (type.equals(ValueType.BOOLEAN)) {
      stored = ValueType.booleanOf(value).map(on -> on ? "1" : "0").orElse(value);
    }
    options.put(name, new Option(part, stored));
    if (!type.accepts().test(value) || value.indexOf('\r') >= 0) {
      fault(
          valueSpan(part, value),
          "unknown value " + ProblemLog.quoted(value) + " of `" + name + "`",
          type.expected() + ProblemLog.didYouMean(value, type.words()));
    }
  }

  private static Span valueSpan(Span part, String value) {
    return new Span(part.end() - value.length(), part.end());
  }

  // A part that cannot be read may well be the one that is missing.
  private void requireOptions(PropertySchema schema) {
    if (!faults.isEmpty()) {
      return;
    }
    for (String name : schema.required()) {
      if (!options.containsKey(name)) {
        fault(span, "`" + name + "` is missing", "add `" + name + "=`");
      }
    }
  }

  private void fault(Span at, String message, String help) {
    faults.add(new Fault(at, message, help));
  }
}
