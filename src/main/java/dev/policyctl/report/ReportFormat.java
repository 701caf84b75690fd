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
      return new JsonReport(out, options.verbose());
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
  },
  HTML {
    @Override
    public Report open(Appendable out, ReportOptions options) {
      return new HtmlReport(out, options.run());
    }

    @Override
    public boolean tellsOfSubjects() {
      return true;
    }
  };

  /** A report that writes to {@code out}, which it does not close. */
  public abstract Report open(Appendable out, ReportOptions options) throws IOException;

  /** Whether it tells of every guest, volume and storage, those that pass too. */
  public boolean tellsOfSubjects() {
    return false;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
