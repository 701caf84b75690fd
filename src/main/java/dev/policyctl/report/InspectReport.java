package dev.policyctl.report;

import dev.policyctl.lint.Inspector.Inspection;
import java.io.IOException;

/** Writes resolved models while they come in. */
public interface InspectReport {

  /** The next file; files come in the order of their paths. */
  void file(Inspection inspection) throws IOException;

  void finish() throws IOException;

  static InspectReport text(Appendable out, ReportOptions options) {
    return new TextInspectReport(out, options);
  }

  static InspectReport json(Appendable out) throws IOException {
    return new JsonInspectReport(out);
  }
}
