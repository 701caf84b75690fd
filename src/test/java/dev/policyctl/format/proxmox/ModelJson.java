package dev.policyctl.format.proxmox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a file was read as, as text: the model, the place of every value, the problems. */
final class ModelJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectWriter WRITER = MAPPER.writer(onePerLine());

  private final SourceText source;

  private ModelJson(SourceText source) {
    this.source = source;
  }

  private static DefaultPrettyPrinter onePerLine() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  static String of(ParsedFile file) {
    ObjectNode root = MAPPER.createObjectNode();
    ModelJson json = new ModelJson(file.source());
    ArrayNode guests = root.putArray("guests");
    file.guests().forEach(guest -> json.guest(guests.addObject(), guest));
    ArrayNode problems = root.putArray("problems");
    file.problems().forEach(problem -> problems.add(text(problem)));
    try {
      return WRITER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Problem problem) {
    String where = problem.at().line() + ":" + problem.at().column();
    return where
        + ": "
        + problem.severity().word()
        + ": "
        + problem.message()
        + " | "
        + problem.help();
  }

  private void guest(ObjectNode node, ParsedFile.ParsedGuest parsed) {
    DeclaredGuest guest = parsed.guest();
    node.put("format", guest.format());
    node.put("id", guest.id());
    node.put("name", guest.name());
    node.put("host", guest.host().orElse(null));
    guest.bypasses().forEach(node.putArray("bypasses")::add);
    node.set("options", MAPPER.valueToTree(new TreeMap<>(guest.options())));
    ObjectNode places = node.putObject("positions");
    parsed.positions().subject().ifPresent(span -> places.put("subject", source.slice(span)));
    for (Field<?> field : Field.all()) {
      put(places, field.path(), parsed.positions().field(field));
    }
    ArrayNode volumes = node.putArray("volumes");
    guest.volumes().forEach(volume -> volume(volumes.addObject(), volume, parsed.positions()));
  }

  private void volume(ObjectNode node, DeclaredVolume volume, Positions positions) {
    node.put("key", volume.key());
    node.put("section", volume.section());
    node.put("role", volume.role().word());
    node.put("attached", volume.attached());
    node.put("readOnly", volume.readOnly());
    node.put("shared", volume.shared());
    node.put("transient", volume.transientWrites());
    node.put("backup", volume.backup().orElse(null));
    node.put("cache", volume.cache());
    node.put("aio", volume.aio());
    Map<String, String> options = new TreeMap<>(volume.options());
    node.set("options", MAPPER.valueToTree(options));
    ObjectNode places = node.putObject("positions");
    String section = volume.section();
    put(places, "volume", positions.volume(section, volume.key()));
    for (Field<?> field : Field.all()) {
      put(places, field.path(), positions.field(section, volume.key(), field));
    }
    for (String option : options.keySet()) {
      put(places, "option:" + option, positions.syntax(section, volume.key(), "option:" + option));
    }
  }

  private void put(ObjectNode node, String name, Optional<Span> span) {
    span.ifPresent(
        found -> {
          var at = source.location(found);
          node.put(name, at.line() + ":" + at.column() + " " + source.slice(found));
        });
  }
}
