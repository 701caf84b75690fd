package dev.policyctl.report;

import java.io.IOException;
import java.util.Locale;

/** The one list of output formats. */
public enum ReportFormat {
  TEXT("text/plain") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new TextReport(out, options);
    }
  },
  JSON("application/json") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new JsonReport(out, options.verbose());
    }
  },
  SARIF("application/sarif+json") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new SarifReport(out, options.run());
    }
  },
  GITHUB("text/plain") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new GithubReport(out);
    }
  },
  GITLAB("application/gitlab-codequality+json") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new GitlabReport(out);
    }
  },
  JUNIT("application/xml") {
    @Override
    public Report open(Appendable out, ReportOptions options) throws IOException {
      return new JunitReport(out, options);
    }
  },
  HTML("text/html") {
    @Override
    public Report open(Appendable out, ReportOptions options) {
      return new HtmlReport(out, options.run());
    }

    @Override
    public boolean tellsOfSubjects() {
      return true;
    }
  };

  private final String mediaType;

  ReportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** What such a report is called over HTTP; it is UTF-8. */
  public String mediaType() {
    return mediaType;
  }

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
