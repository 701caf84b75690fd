package dev.policyctl.fix;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.source.Edit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many changes of one file, each of which may be applied without the others. Changes of different
 * places are written together, so that a file with many failures is parsed again once or twice and
 * not once for each; where that does not work out, each is tried alone.
 */
final class Drafts {
  private final DefinitionFormat format;
  private final ParsedFile file;
  private final Map<Change, Draft> byChange = new HashMap<>();

  Drafts(DefinitionFormat format, ParsedFile file, Collection<Change> changes) {
    this.format = format;
    this.file = file;
    List<Map<Change, List<Edit>>> rounds = new ArrayList<>();
    Map<Change.Place, Integer> changesOfPlace = new HashMap<>();
    for (Change change : changes) {
      List<Edit> edits = format.edits(file, change);
      String why = refusal(change, edits);
      if (!why.isEmpty()) {
        byChange.put(change, new Draft.Refused(why));
        continue;
      }
      int round = changesOfPlace.merge(change.place(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new LinkedHashMap<>());
      }
      rounds.get(round).put(change, edits);
    }
    rounds.forEach(this::write);
  }

  /** Why a change cannot be written whatever comes of it; empty when it can. */
  private String refusal(Change change, List<Edit> edits) {
    if (change.isInSnapshot()) {
      return "snapshots are not edited";
    }
    if (!file.source().undecodable().isEmpty()) {
      return "the file has bytes that are not " + file.source().charset().name();
    }
    if (!edits.isEmpty()) {
      return "";
    }
    String why = format.whyNoEdits(file, change);
    return why.isEmpty() ? "the definition has no words for it" : why;
  }

  private void write(Map<Change, List<Edit>> together) {
    if (Draft.write(format, file, together) instanceof Draft.Written all) {
      together.forEach(
          (change, edits) -> byChange.put(change, new Draft.Written(edits, all.after())));
    } else {
      together.forEach(
          (change, edits) ->
              byChange.put(change, Draft.write(format, file, Map.of(change, edits))));
    }
  }

  /** The draft of one of the changes; others' changes of other places may be written in it, too. */
  Draft of(Change change) {
    return byChange.get(change);
  }
}
