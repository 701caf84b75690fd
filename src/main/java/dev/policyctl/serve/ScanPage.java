package dev.policyctl.serve;

import dev.policyctl.cluster.ClusterScan.Scanned;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Policy;
import dev.policyctl.report.HtmlReport;
import dev.policyctl.report.Program;
import dev.policyctl.report.Run;
import dev.policyctl.source.Problem;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The page of the last scan, made once when the scan has ended and kept compressed, however many
 * look at it. Thread-safe.
 */
@Singleton
final class ScanPage {
  private volatile Optional<Made> last = Optional.empty();
  private volatile boolean isWanted;

  /** A page. */
  static final class Made {
    private final Instant at;
    private final byte[] gzip;

    private Made(Instant at, byte[] gzip) {
      this.at = at;
      this.gzip = gzip;
    }

    /** When its scan began. */
    Instant at() {
      return at;
    }

    /** The page, compressed; not to be written to. */
    byte[] gzip() {
      return gzip;
    }
  }

  /** The last one, for somebody who asked for it. */
  Optional<Made> ask() {
    isWanted = true;
    return last;
  }

  /** Whether somebody asked since the last scan began. */
  boolean isWanted() {
    return isWanted;
  }

  /** The page of a scan that begins. */
  Draft begin(Instant at, List<Policy> policies) {
    isWanted = false;
    return new Draft(at, policies);
  }

  /** A page while its scan goes on; what is kept of an object is what the page shows of it. */
  final class Draft {
    private final Instant at;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Writer out;
    private final HtmlReport report;
    private Summary summary = Summary.EMPTY;

    private Draft(Instant at, List<Policy> policies) {
      this.at = at;
      this.out = new OutputStreamWriter(gzip(), StandardCharsets.UTF_8);
      String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
      this.report =
          new HtmlReport(
              out, new Run(Program.version(), "Last scan of the cluster", time, policies));
    }

    private GZIPOutputStream gzip() {
      try {
        return new GZIPOutputStream(bytes);
      } catch (IOException e) {
        throw inMemory(e);
      }
    }

    void take(Scanned scanned) {
      summary = summary.plus(scanned.result());
      report.file(scanned.result());
    }

    /**
     * Puts the page in the place of the last one, unless that one says more: nothing could be
     * listed while the API server was gone.
     */
    void finish(List<Problem> problems) {
      boolean saysNothing = summary.files() == 0 && !problems.isEmpty();
      if (saysNothing && last.isPresent()) {
        return;
      }
      problems.forEach(problem -> report.file(FileResult.unreadable(problem)));
      try (out) {
        report.finish(summary, 0);
      } catch (IOException e) {
        throw inMemory(e);
      }
      last = Optional.of(new Made(at, bytes.toByteArray()));
    }

    private static UncheckedIOException inMemory(IOException e) {
      return new UncheckedIOException("memory takes whatever is written", e);
    }
  }
}
