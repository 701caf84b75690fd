package dev.policyctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.diagnose.Conclusion;
import dev.policyctl.diagnose.Explanation;
import dev.policyctl.exception.Suppression;
import dev.policyctl.model.Field;
import dev.policyctl.policy.Safety;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The JSON Schemas of the reports in JSON. Words and fields come from the lists in the code, so
 * that none of them can be missing; the shape is compared with real reports.
 */
final class ReportSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportSchemas() {}

  static String lint() {
    ObjectNode finding =
        place()
            .with("format", text(Field.GUEST_FORMAT.meaning()))
            .with("guest", text("empty for a storage definition"))
            .maybe("volume", text("the volume's key; empty for the guest itself"))
            .maybe("storage", text("the storage's id, where there is no guest"))
            .with("section", text("`current`, `pending` or `snapshot:NAME`"))
            .with("host", text("empty where none is known"))
            .with("policy", text(""))
            .with("severity", words(Severity.values(), Severity::word))
            .with("verdict", words(Verdict.values(), Verdict::word))
            .with("message", text("what is"))
            .with("because", texts("the reasons"))
            .with("missing", texts("fields that would decide, where the verdict is unknown"))
            .with("help", text("what to do; lines"))
            .with("fixes", list(fix().node()))
            .maybe("suppressed", suppression().node())
            .node();
    return document(
        "LintReport",
        "What `policyctl lint --format json` prints. Lines and columns count from 1, a column counts"
            + " Unicode code points, an end is exclusive; line 0 is the whole file.",
        shape()
            .with("schema", constant("policyctl.dev/lint/v1"))
            .with("findings", list(finding))
            .with("problems", problems())
            .with(
                "summary",
                counts("files", "guests", "volumes", "pass", "fail", "unknown", "suppressed")));
  }

  static String inspect() {
    Shape guest =
        subject()
            .with("name", nullable("string"))
            .with("bypasses", texts(Field.GUEST_BYPASSES.meaning()))
            .with("volumes", list(volume().node()));
    Shape storage = subject().with("storage", storage()).with("unknown", unknown());
    ObjectNode either = JSON.createObjectNode();
    either.putArray("oneOf").add(guest.node()).add(storage.node());
    return document(
        "InspectReport",
        "What `policyctl inspect --format json` prints. What is not known is null, and `unknown` says"
            + " what would tell it.",
        shape()
            .with("schema", constant("policyctl.dev/inspect/v1"))
            .with("subjects", list(either))
            .with("problems", problems()));
  }

  static String diagnose() {
    ObjectNode owner =
        textual("path", "format", "guest", "volume", "section", "image")
            .describe("a volume whose image it is");
    Shape damage =
        counted("blocks", "repaired", "lost", "readErrors")
            .with("atLeast", type("boolean"))
            .with("firstOffset", nullable("integer"))
            .with("lastOffset", nullable("integer"))
            .with("mirrors", list(type("integer")))
            .with("directSeen", type("boolean"));
    Shape file =
        conclusion()
            .with("device", text(""))
            .with("root", nullable("integer"))
            .with("inode", nullable("integer"))
            .with("paths", texts("its names"))
            .with("seen", counted("line", "column").with("path", text("")).node())
            .with("damage", damage.node())
            .with("guests", list(owner))
            .with("explanation", words(Explanation.values(), Explanation::word));
    ObjectNode counts = JSON.createObjectNode().put("type", "object");
    counts.set("additionalProperties", type("integer"));
    ObjectNode scrub = textual("uuid", "device", "started", "status").with("counts", counts).node();
    String[] sums =
        Stream.concat(
                Stream.of("lines", "understood", "files"),
                Arrays.stream(Explanation.values()).map(Explanation::word))
            .toArray(String[]::new);
    ObjectNode device =
        counted("write", "read", "flush", "corruption", "generation").with("name", text("")).node();
    return document(
        "DiagnoseReport",
        "What `policyctl diagnose --format json` prints.",
        shape()
            .with("schema", constant("policyctl.dev/diagnose/v1"))
            .with("files", list(file.node()))
            .with("conclusions", list(conclusion().node()))
            .with("devices", list(device))
            .with("scrubs", list(scrub))
            .with("summary", counts(sums)));
  }

  private static Shape place() {
    return shape()
        .with("path", text("as it was named"))
        .with("line", count())
        .with("column", count())
        .with("endLine", count())
        .with("endColumn", count());
  }

  private static Shape fix() {
    return shape()
        .with("title", text(""))
        .with("safety", words(Safety.values(), Safety::word))
        .maybe("steps", texts("what to do by hand"))
        .maybe("refused", text("why there are no edits"))
        .with("edits", list(place().with("text", text("what stands there then")).node()));
  }

  private static Shape suppression() {
    return shape()
        .with("by", words(Suppression.By.values(), Suppression.By::word))
        .with("name", text("of the exception; empty for the others"))
        .with("reason", text("empty for a baseline"))
        .with("until", text("the last day on which it holds; empty for a baseline"));
  }

  private static JsonNode problems() {
    return list(
        counted("line", "column")
            .with("path", text(""))
            .with("severity", words(Problem.Severity.values(), Problem.Severity::word))
            .with("message", text(""))
            .with("help", text(""))
            .node());
  }

  private static Shape subject() {
    return shape()
        .with("path", text("as it was named"))
        .with("format", text(Field.GUEST_FORMAT.meaning()))
        .with("id", text("of the guest or the storage"))
        .with("host", nullable("string"))
        .with("kernel", nullable("string"))
        .with("zfs", nullable("string"));
  }

  private static Shape volume() {
    Shape io = shape();
    Shape volume = shape();
    for (Field<?> field : Field.all()) {
      if (field.scope() == Field.Scope.VOLUME) {
        boolean isIo = field.name().startsWith("io.");
        (isIo ? io : volume).with(isIo ? field.name().substring(3) : field.name(), value(field));
      }
    }
    return volume
        .with("io", io.with("because", texts("the reasons")).node())
        .with("storage", storage())
        .with("unknown", unknown());
  }

  private static JsonNode storage() {
    Shape storage = shape();
    for (Field<?> field : Field.all()) {
      if (field.scope() == Field.Scope.STORAGE) {
        storage.with(field.name(), value(field));
      }
    }
    return storage.with("because", texts("the reasons")).node();
  }

  private static JsonNode unknown() {
    ObjectNode node = JSON.createObjectNode().put("type", "object");
    node.put("description", "for each field that is not known, what would tell it");
    node.set("additionalProperties", type("string"));
    return node;
  }

  private static JsonNode value(Field<?> field) {
    ObjectNode node = JSON.createObjectNode();
    String type =
        switch (field.type()) {
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case LIST -> "array";
        };
    if (field.canBeUnknown()) {
      node.putArray("type").add(type).add("null");
    } else {
      node.put("type", type);
    }
    if (field.type() == Field.Type.LIST) {
      node.set("items", type("string"));
    }
    return node.put("description", field.meaning());
  }

  private static Shape conclusion() {
    ObjectNode missing = textual("field", "of", "help").node();
    ObjectNode step = textual("what", "command").node();
    return shape()
        .with("severity", words(Conclusion.Weight.values(), Conclusion.Weight::word))
        .with("message", text("what is"))
        .with("because", texts("the reasons"))
        .with("missing", list(missing))
        .with("help", text("what to do"))
        .with("steps", list(step));
  }

  private static String document(String title, String description, Shape shape) {
    ObjectNode node = JSON.createObjectNode();
    node.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    node.put("$id", "tag:policyctl.dev,2026:schemas/v1/" + title);
    node.put("title", title);
    node.put("description", description);
    node.setAll(shape.node());
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return JSON.writer(printer).writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An object with these keys and no others. */
  private static final class Shape {
    private final ObjectNode node = JSON.createObjectNode().put("type", "object");

    Shape() {
      node.putArray("required");
      node.putObject("properties");
      node.put("additionalProperties", false);
    }

    Shape with(String name, JsonNode value) {
      node.withArray("required").add(name);
      return maybe(name, value);
    }

    Shape maybe(String name, JsonNode value) {
      node.withObject("/properties").set(name, value);
      return this;
    }

    ObjectNode describe(String text) {
      return node.put("description", text);
    }

    ObjectNode node() {
      return node;
    }
  }

  private static Shape shape() {
    return new Shape();
  }

  private static Shape textual(String first, String... names) {
    Shape shape = shape().with(first, text(""));
    List.of(names).forEach(name -> shape.with(name, text("")));
    return shape;
  }

  private static Shape counted(String... names) {
    Shape shape = shape();
    List.of(names).forEach(name -> shape.with(name, count()));
    return shape;
  }

  private static JsonNode counts(String... names) {
    return counted(names).node();
  }

  private static ObjectNode type(String name) {
    return JSON.createObjectNode().put("type", name);
  }

  private static ObjectNode nullable(String name) {
    ObjectNode node = JSON.createObjectNode();
    node.putArray("type").add(name).add("null");
    return node;
  }

  private static ObjectNode count() {
    return type("integer").put("minimum", 0);
  }

  private static ObjectNode text(String meaning) {
    Optional<String> told = Optional.of(meaning).filter(it -> !it.isEmpty());
    ObjectNode node = type("string");
    told.ifPresent(it -> node.put("description", it));
    return node;
  }

  private static ObjectNode texts(String meaning) {
    return list(type("string")).put("description", meaning);
  }

  private static ObjectNode list(JsonNode items) {
    ObjectNode node = type("array");
    node.set("items", items);
    return node;
  }

  private static ObjectNode constant(String text) {
    return JSON.createObjectNode().put("const", text);
  }

  private static ObjectNode words(List<String> words) {
    ObjectNode node = JSON.createObjectNode();
    words.forEach(node.putArray("enum")::add);
    return node;
  }

  private static <T> ObjectNode words(T[] values, Function<T, String> word) {
    return words(Arrays.stream(values).map(word).toList());
  }
}
