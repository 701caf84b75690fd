package dev.policyctl.yaml;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the documents of a YAML stream within bounds: {@value #MAX_CHARS} chars, {@value
 * #MAX_DEPTH} levels, {@value #MAX_NODES} nodes after aliases are followed.
 */
public final class YamlReader {
  static final int MAX_CHARS = 64 * 1024 * 1024;
  static final int MAX_DEPTH = 100;
  static final int MAX_NODES = 2_000_000;

  private final SourceText source;
  private final CodePoints codePoints;
  private final List<YamlNode> documents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private YamlReader(SourceText source) {
    this.source = source;
    this.codePoints = new CodePoints(source.text());
  }

  /** Whose rules a document is read by. */
  public enum Dialect {
    /** Documents of ours: YAML 1.1; duplicate and merge keys stand as they are written. */
    OWN,
    /**
     * What kubectl makes of a definition before anything is validated (sigs.k8s.io/yaml 1.6.0):
     * merge keys are followed; {@code y} and {@code n} are booleans; a key that stands twice is a
     * problem, and the last one counts.
     */
    KUBECTL
  }

  /**
   * @param documents in order; an empty document is left out
   * @param problems a syntax error ends the reading; the documents before it are kept
   */
  public record Result(List<YamlNode> documents, List<Problem> problems) {
    public Result {
      documents = List.copyOf(documents);
      problems = List.copyOf(problems);
    }
  }

  public static Result read(SourceText source) {
    return read(source, Dialect.OWN);
  }

  public static Result read(SourceText source, Dialect dialect) {
    YamlReader reader = new YamlReader(source);
    reader.readAll(dialect);
    return new Result(reader.documents, reader.problems);
  }

  private void readAll(Dialect dialect) {
    if (source.text().length() > MAX_CHARS) {
      problems.add(
          Problem.error(
              Location.ofFile(source.path()),
              "the document is larger than " + MAX_CHARS / (1024 * 1024) + " MiB",
              "split it"));
      return;
    }
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARS);
    try {
      StreamReader chars = new StreamReader(readable(source.text()));
      new NodeBuilder(new ParserImpl(chars, options), codePoints, dialect, source, problems)
          .readInto(documents);
    } catch (NodeBuilder.Refusal e) {
      problems.add(Problem.error(source.location(e.at()), "not YAML: " + e.getMessage(), ""));
    } catch (MarkedYAMLException e) {
      problems.add(Problem.error(locate(e.getProblemMark()), "not YAML: " + oneLine(e), ""));
    } catch (ReaderException e) {
      problems.add(Problem.error(locate(e.getPosition()), "not YAML: " + unreadable(e), ""));
    } catch (YAMLException e) {
      problems.add(Problem.error(Location.ofFile(source.path()), "not YAML: " + firstLine(e), ""));
    }
  }

  /** JSON may be indented with tabs, which YAML forbids; inside a JSON string there is none. */
  private static String readable(String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    boolean json = text.startsWith("{", start);
    return json && text.indexOf('\t', start) >= 0 ? text.replace('\t', ' ') : text;
  }

  private static String oneLine(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    return e.getContext() == null ? problem : problem + " " + e.getContext();
  }

  private static String unreadable(ReaderException e) {
    return String.format("U+%04X is not allowed", e.getCodePoint());
  }

  private static String firstLine(YAMLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private Location locate(@Nullable Mark mark) {
    return mark == null ? Location.ofFile(source.path()) : locate(mark.getIndex());
  }

  private Location locate(int codePoint) {
    int at = Math.min(codePoints.toCharIndex(codePoint), source.text().length());
    return source.location(new Span(at, at));
  }
}
