package dev.policyctl.cli;

import dev.policyctl.lint.Inspector;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.probe.HostProbe;
import dev.policyctl.probe.ProbeRequest;
import dev.policyctl.probe.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host whose file system can be looked at: the running one, or a recorded tree below some folder.
 *
 * @param root {@code /} for the running host
 */
record LiveHost(Path root) {
  private static final List<String> DEFINITIONS = List.of("etc/pve", "etc/libvirt");

  /** The running host. */
  static LiveHost running() {
    return new LiveHost(Path.of("/"));
  }

  /** Whether definitions in this directory, with links resolved, are of this host's own. */
  boolean owns(Path directory) {
    return DEFINITIONS.stream().anyMatch(below -> directory.startsWith(root.resolve(below)));
  }

  /**
   * Reads the host's facts.
   *
   * @param paths of images to look at, on the host
   */
  ProbeResult probe(List<String> paths) {
    return HostProbe.ofThisHost().probe(new ProbeRequest(root, paths, nodeName()));
  }

  /** The host's facts, with the images of the guests that are defined on it. */
  ProbeResult probeWithGuests() throws IOException {
    return probe(guestImages());
  }

  /** The name under which Proxmox knows this node; empty where Proxmox does not run. */
  Optional<String> nodeName() {
    try {
      Path local = Files.readSymbolicLink(root.resolve("etc/pve/local"));
      return Optional.of(local.getFileName().toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Paths of the images and directories of the guests that are defined on this host. */
  List<String> guestImages() throws IOException {
    List<String> folders =
        DEFINITIONS.stream()
            .map(this::ownFolder)
            .filter(Files::isDirectory)
            .map(Path::toString)
            .toList();
    if (folders.isEmpty()) {
      return List.of();
    }
    Contexts contexts = new Contexts(new PolicySet(new PolicyCompiler(), List.of()));
    return paths(images(DefinitionFiles.find(folders, contexts, Optional.empty())));
  }

  /**
   * What a volume of a guest has on its host.
   *
   * @param isUsed whether a guest that starts writes to it
   * @param path of an image or a directory
   */
  record Image(String volume, boolean isUsed, String path) {}

  static List<String> paths(List<Image> images) {
    return images.stream().map(Image::path).distinct().sorted().toList();
  }

  /** The images and directories that these guests have on their host. */
  static List<Image> images(DefinitionFiles guests) throws IOException {
    List<Image> images = new ArrayList<>();
    Inspector inspector = new Inspector();
    guests.forEach(
        1,
        inspector::inspect,
        outcome ->
            outcome
                .result()
                .ifPresent(
                    inspection ->
                        inspection.subjects().forEach(it -> addImages(it.volumes(), images))));
    return images;
  }

  /** Of a cluster's definitions those of this node. */
  private Path ownFolder(String below) {
    Path folder = root.resolve(below);
    return nodeName()
        .map(node -> folder.resolve("nodes").resolve(node))
        .filter(Files::isDirectory)
        .orElse(folder);
  }

  private static void addImages(List<Values> volumes, List<Image> images) {
    for (Values volume : volumes) {
      boolean isFile = volume.get(Field.STORAGE_ACCESS).is("file");
      boolean isUsed =
          volume.get(Field.VOLUME_WRITTEN).is(true)
              && volume.get(Field.VOLUME_SECTION).is(DeclaredVolume.CURRENT);
      volume
          .get(Field.STORAGE_PATH)
          .ifKnown()
          .filter(path -> isFile && path.startsWith("/"))
          .ifPresent(path -> images.add(new Image(volume.known(Field.VOLUME_KEY), isUsed, path)));
    }
  }
}
