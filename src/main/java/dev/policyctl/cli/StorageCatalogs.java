package dev.policyctl.cli;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The storages of {@code storage.cfg} files; each file is read once. */
final class StorageCatalogs {
  private final BiConsumer<Path, List<Problem>> report;
  private final Map<Path, StorageCatalog> known = new HashMap<>();
  private final Map<Path, SourceText> texts = new HashMap<>();

  /**
   * @param report takes what is wrong with a file
   */
  StorageCatalogs(BiConsumer<Path, List<Problem>> report) {
    this.report = report;
  }

  /** No storages, and a problem, where the file cannot be read. */
  StorageCatalog of(Path path) {
    StorageCatalog catalog = known.get(path);
    if (catalog == null) {
      catalog = read(path);
      known.put(path, catalog);
    }
    return catalog;
  }

  /**
   * @param path as the file system has it, links resolved
   */
  Optional<SourceText> alreadyRead(Path path) {
    return Optional.ofNullable(texts.get(path));
  }

  /** Puts another text in the place of such a file. */
  void replace(Path path, SourceText text) {
    texts.put(path, text);
    known.clear();
  }

  private StorageCatalog read(Path path) {
    String display = Display.of(path);
    try {
      Path real = path.toRealPath();
      SourceText text = texts.get(real);
      if (text == null) {
        text = DefinitionReader.document(path, display);
        texts.put(real, text);
      }
      ParsedFile parsed = new StorageCfgFormat().parse(text);
      report.accept(real, parsed.problems().stream().map(text::quote).toList());
      return ProxmoxStorages.catalog(
          display, parsed.storages().stream().map(ParsedFile.ParsedStorage::storage).toList());
    } catch (IOException e) {
      report.accept(path, List.of(DefinitionReader.unreadable(display, e)));
      return StorageCatalog.NONE;
    }
  }
}
