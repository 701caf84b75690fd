package dev.policyctl.diagnose;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Finds the guests' volumes that a path belongs to. */
final class ImageMatcher {
  private static final List<String> IMAGE_SUFFIXES =
      List.of(".raw", ".qcow2", ".qcow", ".qed", ".img", ".vmdk", ".vdi", ".vhd", ".vhdx");

  private final Map<String, List<KnownImage>> byPath = new TreeMap<>();
  private final Map<String, List<KnownImage>> byName = new HashMap<>();
  private final List<KnownImage> directories = new ArrayList<>();
  private final Map<Long, List<KnownImage>> directoriesByRoot = new HashMap<>();
  private final InodeLookup lookup;

  ImageMatcher(Collection<KnownImage> images, InodeLookup lookup) {
    this.lookup = lookup;
    for (KnownImage image : images) {
      byPath.computeIfAbsent(withoutSlash(image.path()), key -> new ArrayList<>()).add(image);
    }
    byPath.replaceAll((path, all) -> effective(all));
    for (List<KnownImage> all : byPath.values()) {
      for (KnownImage image : all) {
        byName.computeIfAbsent(name(image.path()), key -> new ArrayList<>()).add(image);
        if (image.isOpenedBy("process") && image.values().known(Field.VOLUME_IO_POSSIBLE)) {
          directories.add(image);
          root(image.path())
              .ifPresent(
                  r -> directoriesByRoot.computeIfAbsent(r, key -> new ArrayList<>()).add(image));
        }
      }
    }
  }

  boolean isEmpty() {
    return byPath.isEmpty();
  }

  /**
   * The owners of an absolute path: the image itself, the image that a snapshot was made of, or the
   * nearest directory volume above. Several when several volumes are that image.
   */
  List<KnownImage> ownersOf(String path) {
    List<KnownImage> exact = byPath.getOrDefault(withoutSlash(path), List.of());
    if (!exact.isEmpty()) {
      return exact;
    }
    List<KnownImage> original = byPath.getOrDefault(withoutSnapshot(path), List.of());
    if (!original.isEmpty()) {
      return original;
    }
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      List<KnownImage> above = byPath.getOrDefault(path.substring(0, slash), List.of());
      if (!above.isEmpty()) {
        return above;
      }
    }
    return List.of();
  }

  /**
   * The images whose path ends in a path that is relative to a subvolume or dataset, without those
   * that are known to lie on another kind of file system or to be another file.
   */
  List<KnownImage> endingIn(String relative, String filesystem, FileId id) {
    return byName.getOrDefault(name(relative), List.of()).stream()
        .filter(image -> image.path().endsWith("/" + relative))
        .filter(image -> canBeOn(filesystem, image))
        .filter(image -> isNotKnownToDiffer(image.path(), id))
        .toList();
  }

  /** The directory volumes that are the subvolume of this id. */
  List<KnownImage> directoriesAt(long root) {
    return directoriesByRoot.getOrDefault(root, List.of());
  }

  /** The directory volumes on btrfs, or perhaps on it, whose subvolume is not known. */
  List<KnownImage> directoriesWithoutRoot() {
    return directories.stream()
        .filter(image -> root(image.path()).isEmpty() && canBeOn("btrfs", image))
        .toList();
  }

  /** Whether the name alone makes a guest's image likely. */
  static boolean looksLikeImage(String path) {
    String name = name(path);
    return IMAGE_SUFFIXES.stream().anyMatch(name::endsWith)
        || name.contains("-disk-")
        || path.startsWith("/dev/zvol/");
  }

  private boolean isNotKnownToDiffer(String path, FileId id) {
    Optional<HostFile> known = lookup.file(path);
    return known.isEmpty()
        || (agree(known.get().root(), id.root()) && agree(known.get().inode(), id.inode()));
  }

  private static boolean agree(OptionalLong one, OptionalLong other) {
    return one.isEmpty() || other.isEmpty() || one.getAsLong() == other.getAsLong();
  }

  private OptionalLong root(String path) {
    return lookup.file(path).map(HostFile::root).orElse(OptionalLong.empty());
  }

  private static boolean canBeOn(String filesystem, KnownImage image) {
    Fact<String> known = image.values().get(Field.STORAGE_FILESYSTEM);
    return !known.isKnown() || known.is(filesystem);
  }

  /** A volume counts once, as its guest has it at present where it has it at present. */
  private static List<KnownImage> effective(List<KnownImage> all) {
    Map<List<String>, KnownImage> byVolume = new LinkedHashMap<>();
    for (KnownImage image : all) {
      List<String> volume = List.of(image.definitionPath(), image.guest(), image.volume());
      byVolume.merge(volume, image, (one, other) -> rank(other) < rank(one) ? other : one);
    }
    int best = byVolume.values().stream().mapToInt(ImageMatcher::rank).min().orElse(0);
    return byVolume.values().stream().filter(image -> rank(image) == best).toList();
  }

  private static int rank(KnownImage image) {
    boolean current = image.section().equals(DeclaredVolume.CURRENT);
    boolean attached = image.values().known(Field.VOLUME_ATTACHED);
    return (current ? 0 : 2) + (attached ? 0 : 1);
  }

  /** Proxmox keeps the snapshot of {@code vm-100-disk-0} in {@code vm-100-disk-0@name}. */
  private static String withoutSnapshot(String path) {
    int at = path.indexOf('@');
    if (at < 0) {
      return path;
    }
    int slash = path.indexOf('/', at);
    return path.substring(0, at) + (slash < 0 ? "" : path.substring(slash));
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String name(String path) {
    String plain = withoutSlash(path);
    return plain.substring(plain.lastIndexOf('/') + 1);
  }
}
