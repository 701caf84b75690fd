package dev.policyctl.report;

import dev.policyctl.model.Missing;
import dev.policyctl.policy.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The undecided findings of a run by the fact that is missing. */
final class UnknownGroups {
  private final int placesKept;
  private final Map<Missing, Group> groups = new LinkedHashMap<>();

  /**
   * @param placesKept how many places of a group are remembered at the most
   */
  UnknownGroups(int placesKept) {
    this.placesKept = placesKept;
  }

  /** Findings of one file must come one after another. */
  void add(Finding finding) {
    for (Missing missing : finding.missing()) {
      groups.computeIfAbsent(missing, key -> new Group(key, finding, placesKept)).add(finding);
    }
  }

  /** In the order of their first finding. */
  Collection<Group> inOrder() {
    return groups.values();
  }

  /** All that one missing fact leaves undecided. */
  static final class Group {
    private final Missing missing;
    private final Finding first;
    private final int placesKept;
    private final List<String> places = new ArrayList<>();
    private final Set<String> policies = new LinkedHashSet<>();
    private final Set<String> subjectsOfFile = new HashSet<>();
    private String file = "";
    private int files;
    private int subjects;
    private int volumes;

    Group(Missing missing, Finding first, int placesKept) {
      this.missing = missing;
      this.first = first;
      this.placesKept = placesKept;
    }

    Missing missing() {
      return missing;
    }

    /** The first finding that the fact leaves undecided. */
    Finding first() {
      return first;
    }

    void add(Finding finding) {
      policies.add(finding.policy());
      if (!finding.at().path().equals(file)) {
        file = finding.at().path();
        files++;
        subjectsOfFile.clear();
      }
      String subject = finding.guest() + " " + finding.section() + " " + finding.subject();
      if (subjectsOfFile.add(subject)) {
        count(finding);
      }
    }

    private void count(Finding finding) {
      subjects++;
      if (!finding.guest().isEmpty() && !finding.subject().isEmpty()) {
        volumes++;
      }
      if (places.size() < placesKept) {
        places.add((finding.at() + " " + finding.subject()).strip());
      }
    }

    /** {@code 12 volumes in 9 files, 4 policies undecided}. */
    String extent() {
      String what =
          volumes == subjects ? Count.of(volumes, "volume") : Count.of(subjects, "definition");
      return what
          + " in "
          + Count.of(files, "file")
          + ", "
          + Count.of(policies.size(), "policy", "policies")
          + " undecided";
    }

    List<String> shownPlaces() {
      return List.copyOf(places);
    }

    int placesLeft() {
      return subjects - places.size();
    }

    String places() {
      String shown = String.join(", ", places);
      return places.size() < subjects ? shown + ", … (all with --verbose)" : shown;
    }
  }
}
