package dev.policyctl.exception;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a baseline as JSON, an entry in a line, so that git can merge it. */
public final class BaselineWriter {
  static final String CURRENT = "current";

  private BaselineWriter() {}

  public static String write(Baseline baseline) {
    List<String> lines = baseline.entries().stream().map(BaselineWriter::line).toList();
    String findings = lines.isEmpty() ? "" : "\n    " + String.join(",\n    ", lines) + "\n  ";
    return "{\n  \"schema\": \""
        + BaselineReader.SCHEMA
        + "\",\n  \"findings\": ["
        + findings
        + "]\n}\n";
  }

  private static String line(Baseline.Entry entry) {
    Baseline.Key key = entry.key();
    List<String> members = new ArrayList<>();
    add(members, "path", key.path());
    add(members, "guest", key.guest());
    add(members, key.guest().isEmpty() ? "storage" : "volume", key.subject());
    add(members, "section", key.section().equals(CURRENT) ? "" : key.section());
    add(members, "policy", key.policy());
    add(members, "verdict", entry.verdict());
    return "{" + String.join(", ", members) + "}";
  }

  private static void add(List<String> members, String name, String value) {
    if (!value.isEmpty()) {
      members.add("\"" + name + "\": \"" + escaped(value) + "\"");
    }
  }

  private static String escaped(String value) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
