package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a change is written into {@code storage.cfg}: a line is taken away. */
final class StorageCfgEdits {
  private static final String NOCOW = "nocow";
  private static final Map<String, Object> WITHOUT_NOCOW =
      Map.of(Field.STORAGE_NOCOW_OPTION.path(), false);

  private StorageCfgEdits() {}

  /** The options behind a field, as {@code DefinitionFormat.optionsBehind} has it. */
  static Set<String> optionsBehind(Field<?> field) {
    return field.equals(Field.STORAGE_NOCOW_OPTION) ? Set.of(NOCOW) : Set.of();
  }

  static List<Edit> of(ParsedFile file, Change change) {
    if (!change.values().equals(WITHOUT_NOCOW)) {
      return List.of();
    }
    return file.storages().stream()
        .filter(parsed -> parsed.storage().id().equals(change.key()))
        .flatMap(parsed -> parsed.positions().syntax("", change.key(), "line:" + NOCOW).stream())
        .map(line -> new Edit(withEnding(file.source().text(), line), ""))
        .toList();
  }

  /** A last line without an ending takes that of the line before it along. */
  private static Span withEnding(String text, Span line) {
    boolean ends = text.charAt(line.end() - 1) == '\n';
    if (ends || line.start() == 0) {
      return line;
    }
    int start = line.start() - 1;
    boolean carriageReturn = start > 0 && text.charAt(start - 1) == '\r';
    return new Span(carriageReturn ? start - 1 : start, line.end());
  }
}
