package dev.policyctl.format.proxmox;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code /etc/pve/storage.cfg}: the storages of a Proxmox VE cluster. */
public final class StorageCfgFormat implements DefinitionFormat {
  static final String NAME = "proxmox-storage";

  private final OpenRule openRule = new ProxmoxOpenRule();
  private final VolumeLocator locator = new ProxmoxLocator();

  @Override
  public String name() {
    return NAME;
  }

  /** By its name, else by a header of a known type with a property in the line below. */
  @Override
  public boolean recognizes(String path, String head) {
    if (path.equals("storage.cfg") || path.endsWith("/storage.cfg")) {
      return true;
    }
    boolean afterHeader = false;
    for (String line : (Iterable<String>) head.lines()::iterator) {
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      if (afterHeader) {
        return isProperty(line);
      }
      if (!isKnownHeader(line)) {
        return false;
      }
      afterHeader = true;
    }
    return false;
  }

  private static boolean isKnownHeader(String line) {
    int colon = line.indexOf(':');
    String type = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
    return StorageType.of(type).isPresent()
        && VolumeId.isStorageId(line.substring(colon + 1).strip());
  }

  // A key with a colon would be YAML.
  private static boolean isProperty(String line) {
    String stripped = line.strip();
    int end = stripped.indexOf(' ');
    String key = end < 0 ? stripped : stripped.substring(0, end);
    return Character.isWhitespace(line.charAt(0)) && !key.endsWith(":");
  }

  @Override
  public ParsedFile parse(SourceText text) {
    return new StorageCfgReader(text).read();
  }

  @Override
  public OpenRule openRule() {
    return openRule;
  }

  @Override
  public VolumeLocator locator() {
    return locator;
  }

  @Override
  public List<Remark> remarks(ParsedFile file) {
    return LineRemarks.ofStorages(file.source());
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return StorageCfgEdits.of(file, change);
  }

  @Override
  public Set<String> optionsBehind(Field<?> field) {
    return StorageCfgEdits.optionsBehind(field);
  }
}
