package dev.policyctl.diagnose;

import java.util.HashSet;
import java.util.Set;

/** Different places in a file. Beyond a budget that all files share they are not told apart. */
final class Blocks {
  /** How many places may still be remembered. */
  static final class Budget {
    private int left;

    Budget(int places) {
      left = places;
    }

    private boolean take() {
      if (left == 0) {
        return false;
      }
      left--;
      return true;
    }
  }

  private final Budget budget;
  private final Set<Long> places = new HashSet<>();
  private boolean overflowed;

  Blocks(Budget budget) {
    this.budget = budget;
  }

  void add(long place) {
    if (!places.contains(place)) {
      if (budget.take()) {
        places.add(place);
      } else {
        overflowed = true;
      }
    }
  }

  void addAll(Blocks other) {
    places.addAll(other.places);
    overflowed |= other.overflowed;
  }

  boolean contains(long place) {
    return places.contains(place);
  }

  Set<Long> places() {
    return places;
  }

  boolean remove(long place) {
    return places.remove(place);
  }

  int size() {
    return places.size();
  }

  boolean hasOverflowed() {
    return overflowed;
  }
}
