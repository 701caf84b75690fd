package dev.policyctl.cli;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.proxmox.ProxmoxStorages;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a storage of Proxmox VE keeps hookscripts. */
final class SnippetsFolder {
  private static final String DEFAULT = "snippets";

  private final Path root;

  SnippetsFolder(Path root) {
    this.root = root;
  }

  Path of(String storage) {
    StorageCatalog catalog = catalog();
    StorageDefinition found =
        catalog
            .find(storage)
            .orElseThrow(
                () ->
                    UsageErrors.unknownWord(
                        "storage", storage, catalog.byId().keySet().stream().sorted().toList()));
    String path = found.option("path");
    if (path.isEmpty()) {
      throw new UsageException(
          "storage `" + storage + "` names no directory for hookscripts",
          "name one with a `path`, as `--storage local`");
    }
    return root.resolve(path.substring(1)).resolve(folder(found)).normalize();
  }

  /** {@code content-dirs}: {@code snippets=hooks,iso=images} (pve-storage 9, Plugin.pm). */
  private static String folder(StorageDefinition storage) {
    return Stream.of(storage.option("content-dirs").split(",", -1))
        .filter(entry -> entry.startsWith(DEFAULT + "="))
        .map(entry -> entry.substring(DEFAULT.length() + 1).replaceFirst("^/+", ""))
        .findFirst()
        .orElse(DEFAULT);
  }

  private StorageCatalog catalog() {
    Path file = root.resolve("etc/pve/storage.cfg");
    if (!Files.isRegularFile(file)) {
      return ProxmoxStorages.catalog(file.toString(), List.of());
    }
    try {
      ParsedFile parsed =
          new StorageCfgFormat().parse(DefinitionReader.document(file, file.toString()));
      return ProxmoxStorages.catalog(
          file.toString(),
          parsed.storages().stream().map(ParsedFile.ParsedStorage::storage).toList());
    } catch (IOException e) {
      throw new UsageException("cannot read `" + file + "`: " + DefinitionReader.reason(e), "");
    }
  }
}
