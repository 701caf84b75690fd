package dev.policyctl.lint;

import java.util.Optional;

/** The host that a path names, as those below {@code /etc/pve} and copies of it do. */
public final class HostInPath {
  private HostInPath() {}

  /** The node in {@code nodes/<host>/}; the last one where there are several. */
  public static Optional<String> of(String path) {
    String[] parts = path.split("/", -1);
    for (int i = parts.length - 3; i >= 0; i--) {
      if (parts[i].equals("nodes") && !parts[i + 1].isEmpty()) {
        return Optional.of(parts[i + 1]);
      }
    }
    return Optional.empty();
  }
}
