package dev.policyctl.diagnose;

import dev.policyctl.source.Location;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the lines about one file add up to. */
final class FileEvidence {
  private static final int MOST_PATHS = 16;
  private static final int MOST_MIRRORS = 8;

  private final Blocks wrong;
  private final Blocks corrected;
  private final SortedSet<String> paths = new TreeSet<>();
  private final SortedSet<Long> mirrors = new TreeSet<>();
  private final Location firstSeen;
  private long lost;
  private long fixedUp;
  private long readErrors;
  private boolean direct;

  FileEvidence(Blocks.Budget budget, Location firstSeen) {
    this.wrong = new Blocks(budget);
    this.corrected = new Blocks(budget);
    this.firstSeen = firstSeen;
  }

  void wrongAt(OptionalLong offset) {
    offset.ifPresent(wrong::add);
  }

  void correctedAt(long offset) {
    corrected.add(offset);
  }

  void readError() {
    readErrors++;
  }

  void direct() {
    direct = true;
  }

  void path(String path) {
    if (!path.isEmpty() && paths.size() < MOST_PATHS) {
      paths.add(path);
    }
  }

  void mirror(OptionalLong number) {
    if (number.isPresent() && mirrors.size() < MOST_MIRRORS) {
      mirrors.add(number.getAsLong());
    }
  }

  /** Scrub told the end of one block of it. */
  void scrubbed(boolean isLost) {
    if (isLost) {
      lost++;
    } else {
      fixedUp++;
    }
  }

  /** Takes over what a line without root tells of places that are known to be this file's. */
  void takeCorrectionsAtMyPlaces(FileEvidence nameless) {
    for (long place : List.copyOf(nameless.corrected.places())) {
      if (wrong.contains(place) && nameless.corrected.remove(place)) {
        corrected.places().add(place);
      }
    }
  }

  void takeAll(FileEvidence nameless) {
    corrected.addAll(nameless.corrected);
    nameless.corrected.places().clear();
    direct |= nameless.direct;
    nameless.direct = false;
  }

  boolean tellsNothing() {
    return wrong.size() == 0 && corrected.size() == 0 && !direct && paths.isEmpty();
  }

  SortedSet<String> paths() {
    return paths;
  }

  Location firstSeen() {
    return firstSeen;
  }

  Damage damage() {
    Blocks all = new Blocks(new Blocks.Budget(0));
    all.addAll(wrong);
    all.addAll(corrected);
    SortedSet<Long> ordered = new TreeSet<>(all.places());
    return new Damage(
        ordered.size(),
        all.hasOverflowed(),
        corrected.size() + fixedUp,
        lost,
        readErrors,
        ordered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ordered.first()),
        ordered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ordered.last()),
        List.copyOf(mirrors),
        direct);
  }
}
