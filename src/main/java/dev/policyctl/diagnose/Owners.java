package dev.policyctl.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The volumes that a damaged file belongs to.
 *
 * @param paths of the file, absolute ones first
 * @param images the owners; several only when all of them are this file
 * @param candidates images of which one may be the file, when it cannot be told which
 */
record Owners(List<String> paths, List<KnownImage> images, List<KnownImage> candidates) {

  static Owners of(FileId id, Set<String> logged, ImageMatcher matcher, InodeLookup lookup) {
    List<String> found = List.of();
    if (id.root().isPresent() && id.inode().isPresent()) {
      found = lookup.paths(id.device(), id.root().getAsLong(), id.inode().getAsLong());
    }
    List<String> absolute = new ArrayList<>(found);
    logged.stream().filter(path -> path.startsWith("/")).forEach(absolute::add);
    Set<String> paths = new LinkedHashSet<>(absolute);
    paths.addAll(logged);
    Set<KnownImage> images = new LinkedHashSet<>();
    absolute.forEach(path -> images.addAll(matcher.ownersOf(path)));
    if (images.isEmpty() && id.root().isPresent()) {
      images.addAll(matcher.directoriesAt(id.root().getAsLong()));
    }
    Set<KnownImage> ending = new LinkedHashSet<>();
    if (images.isEmpty() && absolute.isEmpty()) {
      logged.forEach(path -> ending.addAll(ending(path, id, matcher)));
    }
    boolean sure = ending.stream().map(KnownImage::path).distinct().count() == 1;
    images.addAll(sure ? ending : Set.of());
    return new Owners(
        List.copyOf(paths), List.copyOf(images), sure ? List.of() : List.copyOf(ending));
  }

  /** ZFS puts the dataset and a colon before a path that is mounted nowhere. */
  private static List<KnownImage> ending(String path, FileId id, ImageMatcher matcher) {
    int dataset = id.inode().isPresent() ? -1 : path.indexOf(":/");
    return dataset < 0
        ? matcher.endingIn(path, "btrfs", id)
        : matcher.endingIn(path.substring(dataset + 2), "zfs", id);
  }
}
