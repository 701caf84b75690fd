package dev.policyctl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Summary;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page is made of; what a browser makes of it is {@link HtmlReportBrowserTest}'s. */
final class HtmlReportTest {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)\\b([^<>]*)>");
  private static final List<String> EMPTY = List.of("meta", "input", "rect", "br", "link", "img");

  private static String page() throws IOException {
    return SampleRun.in(ReportFormat.HTML, false);
  }

  private static String withoutScriptAndStyle(String page) {
    return page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
  }

  @Test
  void textsFromOutsideMakeNoTags() throws IOException {
    String page = withoutScriptAndStyle(page());
    assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("\u0007"));
  }

  @Test
  void tagsAreClosedInTheirOrder() throws IOException {
    List<String> open = new ArrayList<>();
    Matcher tag = TAG.matcher(withoutScriptAndStyle(page()));
    while (tag.find()) {
      String name = tag.group(2);
      if (!tag.group(1).isEmpty()) {
        assertEquals(open.remove(open.size() - 1), name, "before char " + tag.start());
      } else if (!EMPTY.contains(name)) {
        open.add(name);
      }
    }
    assertEquals(List.of(), open);
  }

  @Test
  void everyLinkWithinThePageLeadsSomewhere() throws IOException {
    String page = page();
    Matcher link = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
    while (link.find()) {
      assertTrue(page.contains("id=\"" + link.group(1) + "\""), link.group());
    }
  }

  @Test
  void namesNothingToLoad() throws IOException {
    String page = withoutScriptAndStyle(page());
    assertFalse(Pattern.compile("\\s(src|srcset|style|on\\w+)=").matcher(page).find());
    assertFalse(page.contains("<link"));
  }

  @Test
  void staysBoundedWhateverARunFinds() throws IOException {
    StringBuilder out = new StringBuilder();
    HtmlReport report = new HtmlReport(out, Run.UNTOLD);
    List<FileResult> results = SampleRun.results(false);
    for (int i = 0; i < 20_000; i++) {
      results.forEach(report::file);
    }
    report.finish(Summary.EMPTY, 1);
    assertTrue(out.length() < 20_000_000, () -> "has " + out.length() + " characters");
    assertTrue(out.indexOf("and 59000 more, too many for one page") > 0);
    assertTrue(out.indexOf("60000 errors") > 0);
  }

  @Test
  void whatIsAcceptedIsListedApart() throws IOException {
    String page = page();
    assertTrue(page.contains("<a href=\"#accepted\"><b>3</b> accepted</a>"));
    String section = page.substring(page.indexOf("<section id=\"accepted\""));
    assertTrue(section.contains("looked at by &lt;b&gt;us&lt;/b&gt;"), section);
    assertTrue(section.contains("exception <code>build-cache</code>"), section);
    assertTrue(section.contains("accepted until 2027-03-01"), section);
    assertTrue(page.contains("<li class=\"chip accepted\""), "the map does not say that it passes");
    assertFalse(header().contains("accepted"), "there is none");
  }

  private static String header(FileResult... results) throws IOException {
    StringBuilder out = new StringBuilder();
    HtmlReport report = new HtmlReport(out, Run.UNTOLD);
    for (FileResult result : results) {
      report.file(result);
    }
    report.finish(Summary.EMPTY, 2);
    return out.substring(out.indexOf("<header>"), out.indexOf("<main"));
  }

  @Test
  void anUnreadableFileIsSeenAtOnce() throws IOException {
    Problem gone = Problem.error(Location.ofFile("gone.conf"), "no file", "");
    String header = header(FileResult.unreadable(gone));
    assertTrue(
        header.contains("<li class=\"error\"><a href=\"#problems\"><b>1</b> problem<"), header);
    assertFalse(header.contains("class=\"pass\""), "nothing passed");
    assertFalse(header().contains("problem"), "there is none");
  }

  @Test
  void manyWarningsLeaveNoErrorOut() throws IOException {
    Problem old = Problem.warning(Location.ofFile("facts.yaml"), "is old", "");
    Problem gone = Problem.error(Location.ofFile("gone.conf"), "no file", "");
    StringBuilder out = new StringBuilder();
    HtmlReport report = new HtmlReport(out, Run.UNTOLD);
    report.file(FileResult.ofProblems("facts.yaml", Collections.nCopies(1_200, old)));
    report.file(FileResult.unreadable(gone));
    report.finish(Summary.EMPTY, 2);
    assertTrue(out.indexOf("gone.conf") > 0);
    assertTrue(out.indexOf("<b>1,201</b> problems") > 0);
    assertTrue(out.indexOf("and 1000 more") > 0);
  }

  @ParameterizedTest
  @CsvSource({
    "a `b` c,           a <code>b</code> c",
    "a `b,              a `b",
    "`<i>`,             <code>&lt;i&gt;</code>",
    "`a` and `b`,       <code>a</code> and <code>b</code>"
  })
  void whatStandsInBackticksIsCode(String text, String html) {
    assertEquals(html, HtmlWriter.proseOf(text));
  }
}
