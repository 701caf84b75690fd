package dev.policyctl.format.proxmox;

import java.util.Optional;

/** What the path of a guest's configuration says: {@code …/nodes/NODE/qemu-server/VMID.conf}. */
record GuestPath(String path) {
  private static final String NODES = "nodes/";
  private static final String SUFFIX = ".conf";

  /** The file's name without {@code .conf}: the VMID where Proxmox keeps the file. */
  String id() {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return isConf() ? file.substring(0, file.length() - SUFFIX.length()) : file;
  }

  boolean isConf() {
    return path.endsWith(SUFFIX);
  }

  /** The node that the path names, the innermost one. */
  Optional<String> host() {
    int nodes = path.lastIndexOf("/" + NODES);
    int start = nodes >= 0 ? nodes + 1 : 0;
    if (nodes < 0 && !path.startsWith(NODES)) {
      return Optional.empty();
    }
    int from = start + NODES.length();
    int to = path.indexOf('/', from);
    return to > from ? Optional.of(path.substring(from, to)) : Optional.empty();
  }

  /** Whether the file is a guest's in the folder of this name. */
  boolean isGuestIn(String folder) {
    String id = id();
    boolean numbered = !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
    String end = folder + "/" + id + SUFFIX;
    return numbered && isConf() && (path.equals(end) || path.endsWith("/" + end));
  }
}
