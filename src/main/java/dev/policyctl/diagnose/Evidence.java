package dev.policyctl.diagnose;

import dev.policyctl.source.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all lines add up to. Its size is bounded however long the log is: lines are counted, files
 * and places beyond the limits are only known to exist.
 */
final class Evidence {
  private static final int MOST_PLACES = 500_000;
  private static final int MOST_FILES = 10_000;
  private static final int MOST_NAMES = 1_000;

  /** A block of a btrfs file system, as scrub names it. */
  record Address(String device, long logical) {}

  /** What scrub tells of one block. */
  static final class AddressEvidence {
    private final List<FileId> files = new ArrayList<>(1);
    private boolean lost;
    private boolean fixedUp;

    void belongsTo(FileId file) {
      if (!files.contains(file) && files.size() < 64) {
        files.add(file);
      }
    }

    void lost() {
      lost = true;
    }

    void fixedUp() {
      fixedUp = true;
    }

    private boolean isRepaired() {
      return fixedUp && !lost;
    }
  }

  /** A pool's own words in {@code zpool status} and its events. */
  static final class PoolEvidence {
    long refusedDirectWrites;
    long refusedDirectEvents;
    long dataErrors;
  }

  private final Blocks.Budget budget = new Blocks.Budget(MOST_PLACES);
  private final Map<FileId, FileEvidence> files = new HashMap<>();
  private final Map<FileId, FileEvidence> nameless = new HashMap<>();
  private final Map<Address, AddressEvidence> addresses = new HashMap<>();
  private final SortedMap<String, DeviceErrors> devices = new TreeMap<>();
  private final List<ScrubRun> scrubs = new ArrayList<>();
  private final SortedMap<String, PoolEvidence> pools = new TreeMap<>();
  private final SortedMap<String, Long> hardwareSigns = new TreeMap<>();
  private final SortedMap<String, Long> metadataErrors = new TreeMap<>();
  private final SortedMap<String, Long> integrityErrors = new TreeMap<>();
  private final SortedSet<String> kernels = new TreeSet<>();
  private long suppressed;
  private boolean filesBeyondLimit;
  private boolean blocksBeyondLimit;

  FileEvidence file(FileId id, Location at) {
    return fileIn(files, id, at);
  }

  /** The file of a line that tells of its inode only where other lines tell the root, too. */
  FileEvidence nameless(FileId id, Location at) {
    return fileIn(nameless, id.withoutRoot(), at);
  }

  private FileEvidence fileIn(Map<FileId, FileEvidence> map, FileId id, Location at) {
    FileEvidence known = map.get(id);
    if (known != null) {
      return known;
    }
    FileEvidence fresh = new FileEvidence(budget, at);
    if (map.size() < MOST_FILES) {
      map.put(id, fresh);
    } else {
      filesBeyondLimit = true;
    }
    return fresh;
  }

  AddressEvidence address(String device, long logical) {
    Address address = new Address(device, logical);
    AddressEvidence known = addresses.get(address);
    if (known != null) {
      return known;
    }
    AddressEvidence fresh = new AddressEvidence();
    if (addresses.size() < MOST_PLACES) {
      addresses.put(address, fresh);
    } else {
      blocksBeyondLimit = true;
    }
    return fresh;
  }

  void device(DeviceErrors counters) {
    if (devices.size() < MOST_NAMES || devices.containsKey(counters.name())) {
      devices.merge(counters.name(), counters, DeviceErrors::atLeast);
    }
  }

  void scrub(ScrubRun run) {
    for (int i = scrubs.size() - 1; i >= 0; i--) {
      if (scrubs.get(i).isSameRunAs(run)) {
        scrubs.set(i, scrubs.get(i).with(run));
        return;
      }
    }
    if (scrubs.size() < MOST_NAMES) {
      scrubs.add(run);
    }
  }

  PoolEvidence pool(String name) {
    PoolEvidence known = pools.get(name);
    PoolEvidence pool = known == null ? new PoolEvidence() : known;
    if (pools.size() < MOST_NAMES) {
      pools.put(name, pool);
    }
    return pool;
  }

  /**
   * @param sign a clause that a number of times follows: {@code I/O errors of `sda`}
   */
  void hardwareSign(String sign) {
    count(hardwareSigns, sign);
  }

  void metadataError(String device) {
    count(metadataErrors, device);
  }

  void integrityError(String device) {
    count(integrityErrors, device);
  }

  private static void count(SortedMap<String, Long> counts, String name) {
    if (counts.size() < MOST_NAMES || counts.containsKey(name)) {
      counts.merge(name, 1L, Long::sum);
    }
  }

  void kernel(String release) {
    if (kernels.size() < MOST_NAMES) {
      kernels.add(release);
    }
  }

  void suppressed(long lines) {
    suppressed += Math.max(0, Math.min(lines, Integer.MAX_VALUE));
  }

  /** The lines of blocks and of inodes find their files; nothing is added after this. */
  void join() {
    for (AddressEvidence address : addresses.values()) {
      if (address.lost || address.fixedUp) {
        address.files.stream()
            .map(files::get)
            .filter(Objects::nonNull)
            .forEach(file -> file.scrubbed(address.lost));
      }
    }
    Map<FileId, List<FileEvidence>> withRoot = new HashMap<>();
    files.forEach(
        (id, file) -> {
          if (id.root().isPresent()) {
            withRoot.computeIfAbsent(id.withoutRoot(), key -> new ArrayList<>()).add(file);
          }
        });
    nameless.forEach((id, file) -> join(id, file, withRoot.getOrDefault(id, List.of())));
  }

  private void join(FileId id, FileEvidence without, List<FileEvidence> candidates) {
    if (candidates.size() == 1) {
      candidates.get(0).takeAll(without);
    } else {
      candidates.forEach(candidate -> candidate.takeCorrectionsAtMyPlaces(without));
    }
    if (!without.tellsNothing()) {
      file(id, without.firstSeen()).takeAll(without);
    }
  }

  Map<FileId, FileEvidence> files() {
    return files;
  }

  /** Damaged blocks that no line assigns to a file and that scrub did not repair. */
  List<Address> addressesWithoutFile() {
    return addresses.entrySet().stream()
        .filter(entry -> entry.getValue().files.isEmpty() && !entry.getValue().isRepaired())
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(Address::device).thenComparingLong(Address::logical))
        .toList();
  }

  SortedMap<String, DeviceErrors> devices() {
    return devices;
  }

  List<ScrubRun> scrubs() {
    return scrubs;
  }

  SortedMap<String, PoolEvidence> pools() {
    return pools;
  }

  SortedMap<String, Long> hardwareSigns() {
    return hardwareSigns;
  }

  SortedMap<String, Long> metadataErrors() {
    return metadataErrors;
  }

  SortedMap<String, Long> integrityErrors() {
    return integrityErrors;
  }

  SortedSet<String> kernels() {
    return kernels;
  }

  long suppressed() {
    return suppressed;
  }

  boolean isBeyondLimit() {
    return filesBeyondLimit || blocksBeyondLimit;
  }
}
