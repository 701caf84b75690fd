package dev.policyctl.format;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.util.List;

/** What one file declares, with positions, and what is wrong with it. */
public record ParsedFile(
    SourceText source,
    List<ParsedGuest> guests,
    List<ParsedStorage> storages,
    List<Problem> problems) {
  public ParsedFile {
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
    problems = List.copyOf(problems);
  }

  /** A guest and where it says what. */
  public record ParsedGuest(DeclaredGuest guest, Positions positions) {}

  /** A storage definition and where it says what. */
  public record ParsedStorage(StorageDefinition storage, Positions positions) {}
}
