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
  },
  SARIF {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new SarifReport(out, options.run());
    }
  },
  GITHUB {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new GithubReport(out);
    }
  },
  GITLAB {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new GitlabReport(out);
    }
  },
  JUNIT {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new JunitReport(out, options);
    }
  };

  /** A report that writes to {@code out}, which it does not close. */
  public abstract Report open(Appendable out, ReportOptions options) throws IOException;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
