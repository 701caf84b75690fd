package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.source.Edit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes changes into manifests. An empty list stands for what cannot be written. */
final class KubernetesEdits {

  private KubernetesEdits() {}

  static List<Edit> of(ParsedFile file, Change change) {
    if (change.guest().isEmpty()) {
      return ClassEdits.of(file, change);
    }
    List<DiskEdits> disks = disks(file, change).stream().filter(DiskEdits::isWritable).toList();
    return disks.size() == 1 ? disks.get(0).edits(change.values()) : List.of();
  }

  private static List<DiskEdits> disks(ParsedFile file, Change change) {
    List<DiskEdits> disks = new ArrayList<>();
    for (ParsedGuest guest : file.guests()) {
      boolean machine = guest.guest().format().equals(MachineReader.FORMAT);
      if (machine && guest.guest().id().equals(change.guest())) {
        guest.guest().volumes().stream()
            .filter(it -> it.key().equals(change.key()) && it.section().equals(change.section()))
            .forEach(it -> disks.add(new DiskEdits(file.source(), it, guest.positions())));
      }
    }
    return disks;
  }

  /** The options behind a field, as {@code DefinitionFormat.optionsBehind} has it. */
  static Set<String> optionsBehind(Field<?> field) {
    if (!field.equals(Field.STORAGE_NOCOW_OPTION)) {
      return Set.of();
    }
    Set<String> options = new HashSet<>(FactOptions.names(PlacementOptions.NOCOW));
    options.add(ClassReader.MOUNT_OPTIONS);
    return options;
  }

  /** Why there is no edit, as a clause; empty where nothing more can be said. */
  static String whyNone(ParsedFile file, Change change) {
    if (change.guest().isEmpty()) {
      return "";
    }
    List<DiskEdits> disks = disks(file, change);
    if (disks.size() > 1) {
      return "several disks `" + change.key() + "` of `" + change.guest() + "` stand in the file";
    }
    return disks.isEmpty()
        ? "the definition does not say how pods open their files"
        : disks.get(0).whyNone();
  }
}
