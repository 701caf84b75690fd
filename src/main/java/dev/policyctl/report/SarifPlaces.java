package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.source.Location;
import java.io.IOException;

/** Texts and places in SARIF's terms. */
final class SarifPlaces {
  /** Stands for the directory in which relative paths start. */
  static final String BASE = "%SRCROOT%";

  private SarifPlaces() {}

  static void text(JsonGenerator json, String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  static void artifact(JsonGenerator json, String path) throws IOException {
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", ReportPath.uri(path));
    if (!ReportPath.isAbsolute(path)) {
      json.writeStringField("uriBaseId", BASE);
    }
    json.writeEndObject();
  }

  /**
   * @param excerpt the source line at the place; empty when it is not at hand
   */
  static void physical(JsonGenerator json, Location at, String excerpt) throws IOException {
    json.writeObjectFieldStart("physicalLocation");
    artifact(json, at.path());
    if (!at.isWholeFile()) {
      // The excerpt is one line, and cut where that is very long.
      boolean isShown = at.line() == at.endLine() && !excerpt.isEmpty() && !excerpt.endsWith("…");
      region(json, "region", at, isShown ? excerpt : "");
      if (isShown) {
        json.writeObjectFieldStart("contextRegion");
        json.writeNumberField("startLine", at.line());
        text(json, "snippet", excerpt);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  static void region(JsonGenerator json, String name, Location at) throws IOException {
    region(json, name, at, "");
  }

  private static void region(JsonGenerator json, String name, Location at, String line)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("startLine", at.line());
    json.writeNumberField("startColumn", at.column());
    json.writeNumberField("endLine", at.endLine());
    json.writeNumberField("endColumn", at.endColumn());
    String text = line.isEmpty() ? "" : between(line, at.column(), at.endColumn());
    if (!text.isEmpty()) {
      text(json, "snippet", text);
    }
    json.writeEndObject();
  }

  // Columns count code points.
  private static String between(String line, int column, int endColumn) {
    int length = line.codePointCount(0, line.length());
    int from = line.offsetByCodePoints(0, Math.min(length, column - 1));
    int to = line.offsetByCodePoints(0, Math.min(length, endColumn - 1));
    return line.substring(from, to);
  }
}
