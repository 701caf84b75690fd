package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.format.proxmox.StorageSection.Property;
import dev.policyctl.model.Field;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.source.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From a section of {@code storage.cfg} to the storage that Proxmox VE makes of it: values that do
 * not suit their property are left out (pve-common, src/PVE/SectionConfig.pm, check_config;
 * pve-storage 9.1.7, src/PVE/Storage/Plugin.pm, decode_value and parse_config). Properties outside
 * the model are kept and not checked.
 */
final class StorageCheck {
  private static final Set<String> BOOLEANS =
      Set.of(
          "disable",
          "shared",
          "nocow",
          "krbd",
          "sparse",
          "fuse",
          "snapshot-as-volume-chain",
          "mkdir",
          "create-base-path",
          "create-subdirs",
          "saferemove",
          "tagged_only");
  private static final Set<String> TEXTS =
      Set.of(
          "path",
          "pool",
          "vgname",
          "thinpool",
          "mountpoint",
          "content",
          "nodes",
          "content-dirs",
          "server",
          "options",
          "is_mountpoint",
          "namespace");
  private static final List<String> PLACES = List.of("path", "mountpoint", "pool", "vgname");

  private final SourceText source;
  private final List<Problem> problems;

  StorageCheck(SourceText source, List<Problem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * @return empty when Proxmox VE skips the section
   */
  Optional<ParsedStorage> storage(StorageSection section) {
    Optional<StorageType> type = StorageType.of(section.type());
    if (type.isEmpty()) {
      warn(
          section.typeSpan(),
          "unknown storage type `" + section.type() + "`",
          "policyctl knows "
              + String.join(", ", StorageType.words().stream().map(w -> "`" + w + "`").toList())
              + Suggestion.didYouMean(section.type(), StorageType.words()));
    }
    Map<String, String> options = new HashMap<>();
    section
        .properties()
        .forEach(
            (key, property) ->
                value(section, key, property).ifPresent(value -> options.put(key, value)));
    if (type.isPresent()) {
      boolean complete = hasRequired(section, type.get());
      boolean consistent = content(section, type.get());
      if (!complete || !consistent) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ParsedStorage(definition(section, options), positions(section, options)));
  }

  private Optional<String> value(StorageSection section, String key, Property property) {
    String value = property.value();
    if (key.equals("nocow") && !section.type().equals(StorageType.BTRFS.word())) {
      warn(
          property.text(),
          "`nocow` is no property of a storage of type `" + section.type() + "`: it is ignored",
          "remove the line; only storages of type `btrfs` have it");
      return Optional.empty();
    }
    if (BOOLEANS.contains(key)) {
      return bool(key, property);
    }
    if (value.isEmpty() && TEXTS.contains(key)) {
      error(property.text(), "`" + key + "` has no value: Proxmox ignores it", "add the value");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  // JSONSchema.pm, check_type: of a property's boolean no other spelling is taken.
  private Optional<String> bool(String key, Property property) {
    String value = property.value().isEmpty() ? "1" : property.value();
    if (value.equals("1") || value.equals("0")) {
      return Optional.of(value);
    }
    error(
        property.text(),
        "unknown value `" + value + "` of `" + key + "`: Proxmox ignores it",
        "use `1` or `0`");
    return Optional.empty();
  }

  private boolean hasRequired(StorageSection section, StorageType type) {
    boolean complete = true;
    for (String required : type.required()) {
      if (section.value(required).isEmpty() && !section.id().equals(ProxmoxStorages.LOCAL)) {
        complete = false;
        error(
            section.header(),
            "storage `" + section.id() + "` lacks `" + required + "`: Proxmox skips it",
            "add a line `" + required + "` to the section");
      }
    }
    return complete;
  }

  /** Checks {@code content}; false when it makes Proxmox VE skip the section. */
  private boolean content(StorageSection section, StorageType type) {
    Property declared = section.properties().get("content");
    List<String> contents = declared == null ? List.of() : ProxmoxStorages.list(declared.value());
    for (String content : contents) {
      if (!type.mayHold(content)) {
        warn(
            declared.text(),
            "a storage of type `"
                + type.word()
                + "` has no content `"
                + content
                + "`: it is ignored",
            "remove it from `content`" + Suggestion.didYouMean(content, StorageType.CONTENTS));
      }
    }
    boolean contradictory = contents.size() > 1 && contents.contains("none");
    if (contradictory) {
      error(
          declared.text(),
          "`content` combines `none` with others: Proxmox skips storage `" + section.id() + "`",
          "remove `none`, or the others");
    }
    return !contradictory;
  }

  private StorageDefinition definition(StorageSection section, Map<String, String> options) {
    StorageDefinition declared =
        new StorageDefinition(
            StorageCfgFormat.NAME,
            section.id(),
            section.type(),
            ProxmoxStorages.list(options.getOrDefault("nodes", "")),
            options);
    if (section.id().equals(ProxmoxStorages.LOCAL)) {
      local(section, declared);
    }
    return ProxmoxStorages.effective(declared);
  }

  private void local(StorageSection section, StorageDefinition declared) {
    if (!ProxmoxStorages.isStandardLocal(declared)) {
      Property path = section.properties().get("path");
      boolean isDir = section.type().equals(StorageType.DIR.word());
      error(
          isDir && path != null ? path.text() : section.header(),
          "Proxmox replaces this `local` by a `dir` at `" + ProxmoxStorages.LOCAL_PATH + "`",
          "give the storage another name");
    } else if (section.has("nodes")) {
      warn(
          section.properties().get("nodes").text(),
          "`local` is on every node: `nodes` is ignored",
          "remove the line");
    }
  }

  private static Positions positions(StorageSection section, Map<String, String> options) {
    Span type = section.typeSpan();
    Positions.Builder positions =
        Positions.builder()
            .subject(section.header())
            .field(Field.STORAGE_ID, section.header())
            .field(Field.STORAGE_TYPE, type)
            .field(Field.STORAGE_ACCESS, type)
            .field(Field.STORAGE_FILESYSTEM, type)
            .field(Field.STORAGE_DIRECT_BY_DEFAULT, type);
    for (String place : PLACES) {
      if (options.containsKey(place)) {
        positions.field(Field.STORAGE_PATH, section.properties().get(place).text());
        break;
      }
    }
    if (options.containsKey("nocow")) {
      Span nocow = section.properties().get("nocow").text();
      positions.field(Field.STORAGE_NOCOW_OPTION, nocow);
      positions.field(Field.STORAGE_DIRECT_BY_DEFAULT, nocow);
    }
    section
        .properties()
        .forEach(
            (key, property) -> positions.syntax("", section.id(), "line:" + key, property.line()));
    return positions.build();
  }

  private void warn(Span at, String message, String help) {
    problems.add(Problem.warning(source.location(at), message, help));
  }

  private void error(Span at, String message, String help) {
    problems.add(Problem.error(source.location(at), message, help));
  }
}
