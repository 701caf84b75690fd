package dev.policyctl.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in a document of a cluster something is: its author knows fields, and lines of a field's
 * text, but not the lines of the JSON that was read.
 */
final class DocumentPlaces {
  private static final JsonFactory JSON = new JsonFactory();

  private final List<Value> values = new ArrayList<>();

  /**
   * A scalar.
   *
   * @param start where it begins in its line, with the quote
   */
  private record Value(String field, int line, String lineText, int start) {}

  private DocumentPlaces() {}

  /**
   * @param document JSON with each value on a line
   */
  static DocumentPlaces of(SourceText document) {
    DocumentPlaces places = new DocumentPlaces();
    try (JsonParser parser = JSON.createParser(document.text())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          int line = parser.currentTokenLocation().getLineNr();
          int start = parser.currentTokenLocation().getColumnNr() - 1;
          String field = field(parser.getParsingContext().pathAsPointer());
          places.values.add(new Value(field, line, document.line(line), start));
        }
      }
    } catch (IOException e) {
      // Invariant: the document was written as JSON.
      throw new UncheckedIOException(e);
    }
    return places;
  }

  /** {@code spec.validations[0].expression}. */
  private static String field(JsonPointer pointer) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer step = pointer; !step.matches(); step = step.tail()) {
      if (step.mayMatchElement()) {
        name.append('[').append(step.getMatchingIndex()).append(']');
      } else {
        name.append(name.isEmpty() ? "" : ".").append(step.getMatchingProperty());
      }
    }
    return name.toString();
  }

  /** A problem as one line: where, what, and what to do. */
  String told(Problem problem) {
    String help = problem.help().isEmpty() ? "" : "; help: " + problem.help();
    return where(problem.at()).map(place -> place + ": ").orElse("") + problem.message() + help;
  }

  private Optional<String> where(Location at) {
    return values.stream()
        .filter(value -> value.line() == at.line())
        .findFirst()
        .map(value -> value.field() + within(value, at.column()));
  }

  /** Line and column in the field's own text, when it is one and the place is in it. */
  private static String within(Value value, int column) {
    String text = value.lineText();
    int end =
        text.offsetByCodePoints(0, Math.min(column - 1, text.codePointCount(0, text.length())));
    if (text.charAt(value.start()) != '"' || end <= value.start()) {
      return "";
    }
    int line = 1;
    int start = value.start() + 1;
    int escapes = 0;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '\\') {
        char escape = text.charAt(++i);
        if (escape == 'n') {
          line++;
          start = i + 1;
          escapes = 0;
        } else {
          escapes += escape == 'u' ? 5 : 1;
        }
      }
    }
    int columnInText = text.codePointCount(start, Math.max(start, end)) - escapes + 1;
    return ":" + line + ":" + columnInText;
  }
}
