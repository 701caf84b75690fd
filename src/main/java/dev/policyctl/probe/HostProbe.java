package dev.policyctl.probe;

import dev.policyctl.model.HostFacts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reads the facts of a host. Needs root for nothing that does not need it, waits for nothing for
 * ever, and names what it could not read.
 */
public final class HostProbe {
  private static final Duration PATIENCE_WITH_A_PATH = Duration.ofSeconds(2);
  private static final Duration PATIENCE_WITH_PATHS = Duration.ofSeconds(20);
  private static final Duration PATIENCE_WITH_A_COMMAND = Duration.ofSeconds(10);

  private final Clock clock;
  private final Commands commandsOfThisHost;
  private final Paths pathsOfThisHost;
  private final Duration patienceWithAPath;

  HostProbe(Clock clock, Commands commands, Paths paths, Duration patienceWithAPath) {
    this.clock = clock;
    this.commandsOfThisHost = commands;
    this.pathsOfThisHost = paths;
    this.patienceWithAPath = patienceWithAPath;
  }

  /** A probe that asks the programs and the clock of this host. */
  public static HostProbe ofThisHost() {
    return new HostProbe(
        Clock.systemUTC(),
        new ProcessCommands(PATIENCE_WITH_A_COMMAND),
        new LivePaths(),
        PATIENCE_WITH_A_PATH);
  }

  public ProbeResult probe(ProbeRequest request) {
    boolean live = request.root().equals(Path.of("/"));
    Notes notes = new Notes();
    HostTree tree = new HostTree(request.root(), notes);
    Commands commands = live ? commandsOfThisHost : new RecordedCommands(request.root());
    Paths paths = live ? pathsOfThisHost : new RecordedPaths(request.root());

    List<Mount> mounts = MountProbe.read(tree, notes);
    BlockDevices devices = new BlockDevices(tree);
    if (devices.all().isEmpty()) {
      notes.warning(
          "/sys/block", "the block devices are not known: there are none", "mount `/sys`");
    }
    LoopProbe loops = new LoopProbe(tree, devices);
    BlockProbe blocks =
        new BlockProbe(devices, MapperTargets.read(commands, devices), loops.direct(), notes);
    ZfsProbe zfs = new ZfsProbe(tree, commands, devices, blocks, notes);
    FilesystemProbe filesystems =
        new FilesystemProbe(devices, blocks, new BtrfsProbe(tree, devices), zfs, notes);
    try (Patience patience = new Patience(patienceWithAPath, PATIENCE_WITH_PATHS)) {
      FileProbe files = new FileProbe(mounts, loops.byFile(), paths, commands, patience, notes);
      HostFacts facts =
          new HostFacts(
              name(request, tree, notes),
              live
                  ? Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                  : Optional.empty(),
              tree.value("/proc/sys/kernel/osrelease"),
              zfs.version(),
              mounts.stream().map(filesystems::read).toList(),
              files.read(request.paths()),
              new VolumeGroupProbe(devices, blocks, notes).read(),
              zfs.pools(),
              List.of());
      return new ProbeResult(facts, notes.inOrder());
    }
  }

  private static String name(ProbeRequest request, HostTree tree, Notes notes) {
    Optional<String> name =
        request
            .hostName()
            .or(() -> tree.value("/proc/sys/kernel/hostname"))
            .filter(n -> !n.isEmpty());
    if (name.isEmpty()) {
      notes.warning("/proc/sys/kernel/hostname", "the host's name is not known", "give `--host`");
    }
    return name.orElse("localhost");
  }
}
