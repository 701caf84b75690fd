package dev.policyctl.format;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * What one file declares, with positions, and what is wrong with it.
 *
 * @param company parses another text of the same file among the files that this one was parsed
 *     with; empty for a file that stands alone
 */
public record ParsedFile(
    SourceText source,
    List<ParsedGuest> guests,
    List<ParsedStorage> storages,
    List<Problem> problems,
    Optional<Company> company) {
  public ParsedFile {
    guests = List.copyOf(guests);
    storages = List.copyOf(storages);
    problems = List.copyOf(problems);
  }

  /** A file that stands alone. */
  public ParsedFile(
      SourceText source,
      List<ParsedGuest> guests,
      List<ParsedStorage> storages,
      List<Problem> problems) {
    this(source, guests, storages, problems, Optional.empty());
  }

  /** The files that a file was parsed with. */
  public interface Company {
    ParsedFile parse(SourceText edited);
  }

  /** What an edited text of this file declares. */
  public ParsedFile reparse(DefinitionFormat format, SourceText edited) {
    return company.map(files -> files.parse(edited)).orElseGet(() -> format.parse(edited));
  }

  /** A guest and where it says what. */
  public record ParsedGuest(DeclaredGuest guest, Positions positions) {}

  /** A storage definition and where it says what. */
  public record ParsedStorage(StorageDefinition storage, Positions positions) {}
}
