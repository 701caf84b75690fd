package dev.policyctl.report;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.policyctl.testing.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, Debian's Chromium; skipped where it is not installed. */
@Execution(ExecutionMode.SAME_THREAD)
final class HtmlReportBrowserTest {
  @TempDir private static Path folder;
  private static Chromium chromium;
  private static Browser browser;
  private static Path sample;

  @BeforeAll
  static void openBrowser() throws IOException {
    chromium = Chromium.start();
    browser = chromium.browser();
    sample = folder.resolve("sample.html");
    Files.writeString(sample, SampleRun.in(ReportFormat.HTML, false));
  }

  @AfterAll
  static void closeBrowser() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** A page of which everything is heard that it should not do. */
  private static final class Visit implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visit(Browser.NewContextOptions options) {
      context = browser.newContext(options);
      page = context.newPage();
      page.onConsoleMessage(message -> complaints.add(message.text()));
      page.onPageError(complaints::add);
      page.onDialog(dialog -> complaints.add("dialog " + dialog.message()));
      page.onRequest(
          request -> {
            if (!request.url().startsWith("file://" + folder)) {
              complaints.add("asks for " + request.url());
            }
          });
      page.navigate(sample.toUri().toString());
    }

    long number(String script) {
      return ((Number) page.evaluate(script)).longValue();
    }

    /** How many of the elements are really seen. */
    long seen(String selector) {
      return page.locator(selector).all().stream().filter(found -> found.isVisible()).count();
    }

    @Override
    public void close() {
      context.close();
      assertEquals(List.of(), complaints);
    }
  }

  private static Visit visit() {
    return new Visit(new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  @ParameterizedTest
  @CsvSource({"360, LIGHT", "360, DARK", "1280, LIGHT", "1280, DARK"})
  void fitsItsWidth(int width, ColorScheme scheme) {
    try (Visit visit =
        new Visit(
            new Browser.NewContextOptions().setViewportSize(width, 1000).setColorScheme(scheme))) {
      shoot(visit.page, width + "-" + scheme);
      visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertEquals(width, visit.number("document.documentElement.scrollWidth"));
    }
  }

  /** With {@code -Dshots=FOLDER} what the browser shows is kept, to be looked at. */
  private static void shoot(Page page, String name) {
    String shots = System.getProperty("shots", "");
    for (String section : shots.isEmpty() ? List.<String>of() : List.of("map", "findings")) {
      page.locator("#" + section).scrollIntoViewIfNeeded();
      page.evaluate("id => document.getElementById(id).scrollIntoView()", section);
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of(shots, name + "-" + section + ".png")));
    }
  }

  /** WCAG AA: 4.5 for text, computed from what the browser really paints. */
  @ParameterizedTest
  @CsvSource({"LIGHT", "DARK"})
  void textStandsOutFromItsGround(ColorScheme scheme) {
    try (Visit visit = new Visit(new Browser.NewContextOptions().setColorScheme(scheme))) {
      visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertEquals(List.of(), visit.page.evaluate(CONTRAST));
    }
  }

  private static final String CONTRAST =
      """
      () => {
        const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
        const rgb = s => s.match(/[\\d.]+/g).map(Number);
        const ground = e => {
          for (; e; e = e.parentElement) {
            const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] > 0) return c;
          }
          return [255, 255, 255];
        };
        const bad = [];
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
          if (!own || e.closest('script, style, [hidden], .h, .skip')) continue;
          const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) bad.push(e.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
        }
        return bad;
      }
      """;

  @Test
  void searchLeavesWhatMatches() {
    try (Visit visit = visit()) {
      long all = visit.seen(".finding");
      visit.page.keyboard().press("/");
      visit.page.keyboard().type("Rollback");
      assertThat(visit.page.locator("output")).hasText("1 found");
      assertEquals(1, visit.seen(".finding"));
      visit.page.keyboard().press("Escape");
      assertEquals(all, visit.seen(".finding"));
    }
  }

  @Test
  void searchOpensWhereAVolumeIs() {
    try (Visit visit = visit()) {
      visit.page.fill("#search", "pve1 scsi1");
      assertThat(visit.page.locator("output")).hasText(Pattern.compile("\\d+ found"));
      assertThat(visit.page.locator(".rows .chip.pass:visible")).hasCount(1);
      visit.page.fill("#search", "xyzzy");
      assertThat(visit.page.locator("output")).hasText("0 found");
      assertEquals(0, visit.seen(".host"));
    }
  }

  @Test
  void keysGoFromFindingToFinding() {
    try (Visit visit = visit()) {
      String at =
          "[...document.querySelectorAll('.finding > summary')].indexOf(document.activeElement)";
      visit.page.keyboard().press("j");
      visit.page.keyboard().press("j");
      assertEquals(1, visit.number(at));
      visit.page.keyboard().press("k");
      assertEquals(0, visit.number(at));
    }
  }

  @Test
  void aVolumeOnTheMapLeadsToItsFinding() {
    try (Visit visit = visit()) {
      visit.page.evaluate("document.querySelectorAll('.finding').forEach(d => d.open = false)");
      visit.page.locator(".chip.error a").first().click();
      assertThat(visit.page.locator(".finding:target pre.source")).isVisible();
    }
  }

  @Test
  void nothingIsLostWithoutScripts() {
    try (Visit visit = new Visit(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      assertEquals(0, visit.seen("#search"));
      assertTrue(visit.seen(".finding") > 5);
      visit.page.locator(".finding.unknown summary").first().press("Enter");
      assertTrue(visit.page.locator(".finding.unknown .places").first().isVisible());
    }
  }

  @Test
  void tellsItsAge() {
    try (Visit visit = visit()) {
      assertThat(visit.page.locator(".made .age")).hasText(Pattern.compile("ago$"));
    }
  }

  @Test
  void printsWhatIsFolded() {
    try (Visit visit = visit()) {
      visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)");
      visit.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertTrue(visit.page.locator(".finding .help").first().isVisible());
      assertEquals(0, visit.seen("nav"));
    }
  }
}
