package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import dev.policyctl.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * What containers show of how they open the files of a volume: what a setting says is known, what
 * an image's name suggests is possible.
 */
final class DirectSignals {
  private final List<Software> software;

  DirectSignals(List<Software> software) {
    this.software = software;
  }

  /**
   * @param place of the text that shows it, in the guest's own file
   */
  record Signal(Fact<Boolean> direct, boolean possible, Optional<Span> place) {
    /** Nothing shows, nothing rules out. */
    static final Signal NONE = new Signal(DirectIo.NOT_STATED, true, Optional.empty());

    private int rank() {
      if (direct.is(true)) {
        return 3;
      }
      return possible ? (direct.because().isEmpty() ? 0 : 1) : 2;
    }
  }

  /** What any of the containers that use the volume shows: the worst of them. */
  Signal of(List<Container> containers, String volume) {
    Signal worst = Signal.NONE;
    for (Container container : containers) {
      List<Container.Mount> mounts = container.mounts().getOrDefault(volume, List.of());
      boolean writes = mounts.stream().anyMatch(mount -> !mount.readOnly());
      Signal signal = writes ? of(container, mounts) : Signal.NONE;
      worst = signal.rank() > worst.rank() ? signal : worst;
    }
    return worst;
  }

  private Signal of(Container container, List<Container.Mount> mounts) {
    Signal best = Signal.NONE;
    for (Software candidate : software) {
      boolean runs = candidate.runsIn(container);
      Signal signal = of(candidate, runs, container, mounts);
      best = signal.rank() > best.rank() ? signal : best;
      if (runs && candidate.images().contains(container.imageName())) {
        return signal.rank() > 0 ? signal : best;
      }
    }
    return best;
  }

  private static Signal of(
      Software candidate, boolean runs, Container container, List<Container.Mount> mounts) {
    Optional<Evidence> evidence = evidence(candidate, runs, container);
    if (evidence.isEmpty() && !runs) {
      return Signal.NONE;
    }
    if (!keepsDataIn(candidate, container, mounts)) {
      return Signal.NONE;
    }
    return evidence.map(it -> it.in(container)).orElseGet(() -> byName(candidate, container));
  }

  /** The lowest confidence: how it is configured is not to be seen. */
  private static Signal byName(Software candidate, Container container) {
    if (candidate.byDefault().isEmpty() || !candidate.holdsFor(container.tag())) {
      return Signal.NONE;
    }
    String usual =
        candidate.byDefault().get() == Setting.Io.DIRECT
            ? "with O_DIRECT"
            : "through the page cache";
    String since = candidate.since().isEmpty() ? "" : " since " + candidate.since();
    return new Signal(
        Fact.known(
            false,
            "container `"
                + container.name()
                + "` is known by its name only: "
                + candidate.name()
                + " opens its data "
                + usual
                + " by default"
                + since),
        true,
        Optional.empty());
  }

  private record Evidence(Setting.Io io, String where, Passage.Found found) {
    Signal in(Container container) {
      String setting =
          where + " `" + found.written() + "` of container `" + container.name() + "` ";
      return switch (io) {
        case DIRECT -> signal(true, setting + "opens its files with O_DIRECT", true);
        case BUFFERED -> signal(false, setting + "goes through the page cache", false);
        case PERHAPS -> signal(false, setting + "does not settle how its data is written", true);
      };
    }

    private Signal signal(boolean direct, String reason, boolean possible) {
      return new Signal(Fact.known(direct, reason), possible, found.place());
    }
  }

  /**
   * Arguments and environment go before configuration files. Within one passage a setting that asks
   * for O_DIRECT counts more than another one that does not: software has one for each kind of
   * file. Of one setting that stands twice the last counts.
   */
  private static Optional<Evidence> evidence(
      Software candidate, boolean runs, Container container) {
    for (Passage passage : container.passages()) {
      Optional<Evidence> best = Optional.empty();
      for (Setting setting : candidate.settings()) {
        if (setting.generic() && !runs) {
          continue;
        }
        Optional<Evidence> found = last(setting, passage);
        if (found.isPresent()
            && (best.isEmpty() || found.get().io().compareTo(best.get().io()) < 0)) {
          best = found;
        }
      }
      if (best.isPresent()) {
        return best;
      }
    }
    return Optional.empty();
  }

  private static Optional<Evidence> last(Setting setting, Passage passage) {
    Optional<Evidence> last = Optional.empty();
    for (Passage.Found found : passage.valuesOf(setting.name())) {
      Optional<Setting.Io> io = setting.of(found.value());
      if (io.isPresent()) {
        last = Optional.of(new Evidence(io.get(), passage.where(), found));
      }
    }
    return last;
  }

  /** A directory that is not known cannot be told to lie under a mount. */
  private static boolean keepsDataIn(
      Software candidate, Container container, List<Container.Mount> mounts) {
    List<String> named =
        candidate.directorySettings().stream()
            .flatMap(
                setting ->
                    container.passages().stream()
                        .flatMap(passage -> passage.valuesOf(setting).stream())
                        .map(Passage.Found::value))
            .filter(value -> value.startsWith("/"))
            .toList();
    List<String> directories = named.isEmpty() ? candidate.directories() : named;
    return directories.stream()
        .anyMatch(
            directory ->
                mounts.stream()
                    .filter(mount -> !mount.readOnly())
                    .anyMatch(mount -> isBelow(directory, mount.path())));
  }

  /** Whether one lies below the other: a mount may hold a part of the data. */
  private static boolean isBelow(String directory, String mount) {
    String data = withSlash(directory);
    String mounted = withSlash(mount);
    return data.startsWith(mounted) || mounted.startsWith(data);
  }

  private static String withSlash(String path) {
    return path.endsWith("/") ? path : path + "/";
  }
}
