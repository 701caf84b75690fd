package dev.policyctl.lint;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses the definitions of one context that refer to one another. */
public final class Joining {
  private static final String SOURCE = "the files of this run";

  private Joining() {}

  /** Whether a definition must be parsed together with the others of its context. */
  public static boolean isNeeded(Definition definition) {
    return definition.format().refersBeyond(definition.text());
  }

  /** Each definition, in their order, parsed among all of them. */
  public static List<Parsed> join(List<Definition> definitions, Surroundings surroundings) {
    Map<DefinitionFormat, List<Definition>> byFormat = new LinkedHashMap<>();
    for (Definition definition : definitions) {
      byFormat.computeIfAbsent(definition.format(), format -> new ArrayList<>()).add(definition);
    }
    Map<Definition, ParsedFile> files = new LinkedHashMap<>();
    byFormat.forEach((format, ofFormat) -> parse(format, ofFormat, files));
    Surroundings joined = surroundings.withStorages(catalog(files));
    return definitions.stream()
        .map(definition -> new Parsed(definition, files.get(definition), joined))
        .toList();
  }

  private static void parse(
      DefinitionFormat format, List<Definition> definitions, Map<Definition, ParsedFile> files) {
    List<ParsedFile> parsed = format.parseAll(definitions.stream().map(Definition::text).toList());
    for (int i = 0; i < parsed.size(); i++) {
      files.put(definitions.get(i), parsed.get(i));
    }
  }

  /** The storages that guests of these files may name. */
  private static StorageCatalog catalog(Map<Definition, ParsedFile> files) {
    List<StorageDefinition> storages = new ArrayList<>();
    files.forEach(
        (definition, file) -> {
          if (definition.format().isNamedByGuests()) {
            file.storages().forEach(storage -> storages.add(storage.storage()));
          }
        });
    return StorageCatalog.of(SOURCE, storages);
  }
}
