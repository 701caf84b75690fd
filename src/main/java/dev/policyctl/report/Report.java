package dev.policyctl.report;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import java.io.IOException;

/** Writes the results of a run while they come in. */
public interface Report {

  /** The next file; files come in the order of their paths. */
  void file(FileResult result) throws IOException;

  /**
   * After the last file.
   *
   * @param exitCode with which the program ends
   */
  void finish(Summary summary, int exitCode) throws IOException;
}
