package dev.policyctl.cli;

import dev.policyctl.exception.Exceptions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What was accepted for the definitions of a context, and where that is written. */
record Accepted(List<Exceptions.Scoped> documents, Optional<BaselineFile> baseline) {
  static final Accepted NOTHING = new Accepted(List.of(), Optional.empty());

  /** A baseline that is to be written anew accepts nothing meanwhile. */
  Exceptions exceptions(ExceptionOptions options) {
    return new Exceptions(
        documents,
        baseline.filter(file -> !options.update).map(BaselineFile::known),
        true,
        () -> LocalDate.now(ZoneOffset.UTC));
  }
}
