package dev.policyctl.report;

import java.io.IOException;
import java.util.Locale;

/** The one list of output formats. */
public enum ReportFormat {
  TEXT {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new TextReport(out, options);
    }
  },
  JSON {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new JsonReport(out);
    }
  };

  /** A report that writes to {@code out}, which it does not close. */
  public abstract Report open(Appendable out, ReportOptions options) throws IOException;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
