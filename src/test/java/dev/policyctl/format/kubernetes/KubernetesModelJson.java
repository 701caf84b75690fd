package dev.policyctl.format.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.source.Location;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.Optional;
import java.util.TreeMap;

/** What a file was read as, as text: the model, the place of every value, the problems. */
final class KubernetesModelJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SourceText source;

  private KubernetesModelJson(SourceText source) {
    this.source = source;
  }

  static String of(ParsedFile file) {
    ObjectNode root = MAPPER.createObjectNode();
    KubernetesModelJson json = new KubernetesModelJson(file.source());
    ArrayNode guests = root.putArray("guests");
    file.guests().forEach(guest -> json.guest(guests.addObject(), guest));
    ArrayNode storages = root.putArray("storages");
    file.storages().forEach(storage -> json.storage(storages.addObject(), storage));
    ArrayNode problems = root.putArray("problems");
    file.problems()
        .forEach(
            it ->
                problems.add(
                    place(it.at())
                        + " "
                        + it.severity().word()
                        + ": "
                        + it.message()
                        + " | "
                        + it.help()));
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void guest(ObjectNode node, ParsedGuest parsed) {
    node.put("format", parsed.guest().format());
    node.put("id", parsed.guest().id());
    node.put("name", parsed.guest().name());
    node.put("host", parsed.guest().host().orElse(null));
    parsed.guest().bypasses().forEach(node.putArray("bypasses")::add);
    node.set("options", MAPPER.valueToTree(new TreeMap<>(parsed.guest().options())));
    ObjectNode places = node.putObject("positions");
    put(places, "subject", parsed.positions().subject());
    Field.all().forEach(field -> put(places, field.path(), parsed.positions().field(field)));
    ArrayNode volumes = node.putArray("volumes");
    for (DeclaredVolume volume : parsed.guest().volumes()) {
      volume(volumes.addObject(), volume, parsed.positions());
    }
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
    node.set("options", MAPPER.valueToTree(new TreeMap<>(volume.options())));
    ObjectNode places = node.putObject("positions");
    put(places, "volume", positions.volume(volume.section(), volume.key()));
    for (Field<?> field : Field.all()) {
      put(places, field.path(), positions.field(volume.section(), volume.key(), field));
    }
  }

  private void storage(ObjectNode node, ParsedStorage parsed) {
    node.put("format", parsed.storage().format());
    node.put("id", parsed.storage().id());
    node.put("type", parsed.storage().type());
    parsed.storage().hosts().forEach(node.putArray("hosts")::add);
    node.set("options", MAPPER.valueToTree(new TreeMap<>(parsed.storage().options())));
    ObjectNode places = node.putObject("positions");
    put(places, "subject", parsed.positions().subject());
    Field.all().forEach(field -> put(places, field.path(), parsed.positions().field(field)));
  }

  private void put(ObjectNode node, String name, Optional<Span> span) {
    span.ifPresent(
        it ->
            node.put(
                name,
                place(source.location(it))
                    + " "
                    + source.slice(it).lines().findFirst().orElse("")));
  }

  private static String place(Location at) {
    return at.line() + ":" + at.column();
  }
}
