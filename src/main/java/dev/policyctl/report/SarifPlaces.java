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
      region(json, "region", at);
      // The excerpt is one line, and cut where that is very long.
      if (at.line() == at.endLine() && !excerpt.isEmpty() && !excerpt.endsWith("…")) {
        json.writeObjectFieldStart("contextRegion");
        json.writeNumberField("startLine", at.line());
        text(json, "snippet", excerpt);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  static void region(JsonGenerator json, String name, Location at) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("startLine", at.line());
    json.writeNumberField("startColumn", at.column());
    json.writeNumberField("endLine", at.endLine());
    json.writeNumberField("endColumn", at.endColumn());
    json.writeEndObject();
  }
}
