package dev.policyctl.format.proxmox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the name of a volume tells (pve-storage 9.1.7, src/PVE/Storage/Plugin.pm and the plugins
 * beside it, parse_volname). Names that only older releases made are read too.
 */
final class VolumeName {
  static final String SUBVOL = "subvol";
  private static final List<String> IMAGE_FORMATS = List.of("raw", "qcow2", "vmdk", SUBVOL);
  private static final Map<String, String> FOLDERS =
      Map.of(
          "images", "images",
          "iso", "template/iso",
          "vztmpl", "template/cache",
          "snippets", "snippets",
          "backup", "dump",
          "import", "import");

  private VolumeName() {}

  /**
   * A file or directory of a storage that has a path.
   *
   * @param content {@code images}, {@code iso}, …
   * @param file below the content's folder: {@code 100/vm-100-disk-0.raw}
   * @param format by the extension of a disk; {@code raw} for everything else
   */
  record OfDirectory(String content, String file, String format) {

    static Optional<OfDirectory> parse(String name) {
      int slash = name.indexOf('/');
      if (slash <= 0 || slash + 1 == name.length()) {
        return Optional.empty();
      }
      String first = name.substring(0, slash);
      String rest = name.substring(slash + 1);
      if (isNumber(first)) {
        return image(first, rest);
      }
      boolean known = FOLDERS.containsKey(first) && !first.equals("images");
      return known && rest.indexOf('/') < 0
          ? Optional.of(new OfDirectory(first, rest, formatOf(first, rest)))
          : Optional.empty();
    }

    // VMID/FILE, or BASEVMID/BASEFILE/VMID/FILE for a linked clone.
    private static Optional<OfDirectory> image(String guest, String rest) {
      String[] parts = rest.split("/", -1);
      boolean clone = parts.length == 3 && isNumber(parts[1]);
      if (parts.length != 1 && !clone) {
        return Optional.empty();
      }
      String owner = clone ? parts[1] : guest;
      String file = parts[parts.length - 1];
      return byExtension(file).map(format -> new OfDirectory("images", owner + "/" + file, format));
    }

    private static String formatOf(String content, String file) {
      return content.equals("import") ? byExtension(file).orElse("raw") : "raw";
    }

    /** The content's folder below the storage's path, unless the storage sets another. */
    String folder() {
      return FOLDERS.getOrDefault(content, content);
    }
  }

  /** The image format that a file's extension names. */
  static Optional<String> byExtension(String name) {
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1);
    return dot > 0 && IMAGE_FORMATS.contains(extension) ? Optional.of(extension) : Optional.empty();
  }

  /** The last part of a name without directories: a linked clone is {@code BASE/VOLUME}. */
  static String ofDevice(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Whether it is a ZFS dataset for a container, or a directory of one. */
  static boolean isSubvolume(String name) {
    return name.startsWith("subvol-") || name.startsWith("basevol-");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
