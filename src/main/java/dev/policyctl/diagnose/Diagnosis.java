package dev.policyctl.diagnose;

import java.util.List;

/**
 * What the logs tell, down to the definitions.
 *
 * @param files by device, root, inode and path
 * @param devices by name
 * @param scrubs in the order of the texts
 * @param conclusions on the whole, the gravest first
 * @param lines lines that were read
 * @param understood lines among them that told something
 */
public record Diagnosis(
    List<DamagedFile> files,
    List<DeviceErrors> devices,
    List<ScrubRun> scrubs,
    List<Conclusion> conclusions,
    long lines,
    long understood) {
  public Diagnosis {
    files = List.copyOf(files);
    devices = List.copyOf(devices);
    scrubs = List.copyOf(scrubs);
    conclusions = List.copyOf(conclusions);
  }

  /** Whether errors were found, whatever explains them. */
  public boolean hasErrors() {
    return !files.isEmpty()
        || devices.stream().anyMatch(device -> !device.isClean())
        || scrubs.stream().anyMatch(run -> run.errors() > 0 || run.count("uncorrectable") > 0)
        || conclusions.stream().anyMatch(one -> one.weight() == Conclusion.Weight.ERROR);
  }

  public long count(Explanation explanation) {
    return files.stream().filter(file -> file.explanation() == explanation).count();
  }
}
