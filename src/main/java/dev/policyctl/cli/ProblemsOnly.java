package dev.policyctl.cli;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.report.Report;
import java.io.IOException;

/** Hands on what is wrong with the files, without findings and counts. */
record ProblemsOnly(Report report) implements Report {

  @Override
  public void file(FileResult result) throws IOException {
    report.file(FileResult.ofProblems(result.path(), result.problems()));
  }

  @Override
  public void finish(Summary summary, int exitCode) {}
}
