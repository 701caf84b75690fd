package dev.policyctl.exception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {
  private static final Baseline.Key ODD =
      new Baseline.Key("a \"b\"\\é\n.conf", "1", "scsi0", "snapshot:x", "p");
  private static final Baseline.Key STORAGE =
      new Baseline.Key("storage.cfg", "", "btr", "current", "p");

  private static BaselineReader.Result read(String text) {
    return BaselineReader.read(SourceText.of("b.json", text));
  }

  @Test
  void readsWhatItWrites() {
    Baseline baseline =
        new Baseline(
            List.of(new Baseline.Entry(STORAGE, "unknown"), new Baseline.Entry(ODD, "fail")));
    String text = BaselineWriter.write(baseline);
    assertEquals(List.of(), read(text).problems());
    assertEquals(baseline, read(text).baseline());
    assertEquals(text, BaselineWriter.write(read(text).baseline()));
    assertEquals(ODD, baseline.entries().get(0).key());
  }

  @Test
  void acceptsNoFailureForAnUnknown() {
    Baseline unknown = new Baseline(List.of(new Baseline.Entry(ODD, "unknown")));
    assertTrue(unknown.covers(ODD, "unknown"));
    assertFalse(unknown.covers(ODD, "fail"));
    assertTrue(new Baseline(List.of(new Baseline.Entry(ODD, "fail"))).covers(ODD, "unknown"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "verdict" | "verdikt" | `findings[]` lacks `verdict`
          "unknown" | "perhaps" | unknown value `perhaps` of `verdict`
          baseline/v1 | baseline/v2 | unknown value `policyctl.dev/baseline/v2` of `schema`
          "findings" | "finding" | `baseline` lacks `findings`
          """)
  void isReadStrictly(String right, String wrong, String message) {
    String text =
        BaselineWriter.write(new Baseline(List.of(new Baseline.Entry(STORAGE, "unknown"))));
    BaselineReader.Result result = read(text.replace(right, wrong));
    assertEquals(message, result.problems().get(0).message());
    assertEquals(Baseline.EMPTY, result.baseline());
  }

  @Test
  void aConflictOfGitIsAProblem() {
    String text = BaselineWriter.write(Baseline.EMPTY).replace("[]", "[\n<<<<<<< ours\n]");
    assertFalse(read(text).problems().isEmpty());
  }
}
