package dev.policyctl.report;

import dev.policyctl.lint.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** What stands around the sections of the page. */
final class HtmlFrame {
  static final String LEGEND =
      """
      <p class="legend"><span class="chip error">fails</span> <span class="chip warning">warned of</span> \
      <span class="chip info">note</span> <span class="chip unknown">not known</span> \
      <span class="chip accepted">accepted</span> <span class="chip pass">passes</span></p>
      <p class="legend"><span><i>D</i> opened with O_DIRECT, for a storage by default</span> \
      <span><i>C</i> data has checksums</span> <span><i>R</i> the file system keeps redundant copies</span> \
      <span><i>?</i> not known</span></p>
      """;

  private final HtmlWriter html;

  HtmlFrame(HtmlWriter html) {
    this.html = html;
  }

  /** The page may load nothing, and run nothing but its own style and script. */
  static String securityPolicy() {
    return "default-src 'none'; style-src '"
        + hash(resource("report.css"))
        + "'; script-src '"
        + hash(resource("report.js"))
        + "'; base-uri 'none'; form-action 'none'";
  }

  void begin(Run run) throws IOException {
    String style = resource("report.css");
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + securityPolicy() + "\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").text(run.title());
    html.raw("</title>\n<style>").raw(style).raw("</style>\n</head>\n<body>\n");
    html.raw("<a class=\"skip\" href=\"#main\">to the content</a>\n<header>\n<h1>");
    html.text(run.title()).raw("</h1>\n");
    if (!run.time().isEmpty()) {
      html.raw("<p class=\"made\"><time>").text(run.time()).raw("</time></p>\n");
    }
  }

  /**
   * @param problems of the input: what could not be read was not judged, and must not look clean
   */
  void numbers(Summary summary, MarkCounts failures, MarkCounts problems) throws IOException {
    html.raw("<ul class=\"numbers\">");
    if (problems.total() > 0) {
      Mark look = problems.of(Mark.ERROR) > 0 ? Mark.ERROR : Mark.WARNING;
      number(look, problems.total(), "problem", "problems", "problems");
    }
    number(Mark.ERROR, failures.of(Mark.ERROR), "error", "errors", "findings");
    number(Mark.WARNING, failures.of(Mark.WARNING), "warning", "warnings", "findings");
    number(Mark.INFO, failures.of(Mark.INFO), "note", "notes", "findings");
    number(Mark.UNKNOWN, summary.unknown(), "not known", "not known", "unknown");
    if (summary.suppressed() > 0) {
      number(Mark.ACCEPTED, summary.suppressed(), "accepted", "accepted", "accepted");
    }
    number(Mark.PASS, summary.pass(), "passes", "pass", "map");
    html.raw("</ul>\n<p class=\"extent\">");
    html.raw(Count.of(summary.files(), "file") + ", " + Count.of(summary.guests(), "guest"));
    html.raw(", " + Count.of(summary.volumes(), "volume") + "</p>\n</header>\n");
  }

  private void number(Mark mark, long count, String one, String many, String section)
      throws IOException {
    html.raw("<li class=\"" + (count == 0 ? "none" : mark.word()) + "\"><a href=\"#" + section);
    html.raw("\"><b>" + String.format(Locale.ROOT, "%,d", count) + "</b> ");
    html.raw((count == 1 ? one : many) + "</a></li>");
  }

  /** The search stays hidden where there is no script for it. */
  void tools(boolean hasProblems, boolean hasAccepted) throws IOException {
    html.raw("<nav aria-label=\"sections\">");
    html.raw(hasProblems ? "<a href=\"#problems\">Problems</a> " : "");
    html.raw(
        """
        <a href="#map">Map</a> <a href="#findings">Findings</a> \
        <a href="#unknown">Not known</a> \
        """);
    html.raw(hasAccepted ? "<a href=\"#accepted\">Accepted</a> " : "");
    html.raw(
        """
        <a href="#policies">Policies</a>
        <form role="search" hidden><label class="h" for="search">search</label>\
        <input id="search" type="search" placeholder="search" autocomplete="off" spellcheck="false">\
        <output for="search" aria-live="polite"></output>\
        <span class="keys"><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> next, previous</span></form></nav>
        """);
  }

  void end(Run run) throws IOException {
    html.raw("<footer><p>policyctl ").text(run.version()).raw("</p></footer>\n<script>");
    html.raw(resource("report.js")).raw("</script>\n</body>\n</html>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlFrame.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has SHA-256.
    }
  }
}
