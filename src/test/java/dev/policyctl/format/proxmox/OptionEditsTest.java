package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.source.Edits;
import dev.policyctl.source.Span;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionEditsTest {

  /**
   * @param changes {@code option=value} to set, {@code option=} to drop, parted by a semicolon
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f,a=1,b=2     | a=      | f,b=2",
        "f,a=1         | a=      | f",
        "a=1,f         | a=      | f",
        "a=1,b=2,f     | a=;b=   | f",
        "b=2,a=1,f     | a=;b=   | f",
        "a=1,f,b=2     | a=;b=   | f",
        "f,a=1,b=2     | a=;b=   | f",
        "f,,a=1,       | a=      | f,,",
        "f             | a=      | f",
        "f             | a=1     | f,a=1",
        "f,            | a=1     | f,,a=1",
        "f             | a=1;b=2 | f,a=1,b=2",
        "f,a=1,c=3     | a=2     | f,a=2,c=3",
        "f,a=1,b=2     | a=3;b=  | f,a=3",
        "f,b=2         | a=3;b=  | f,a=3",
        "b=2,f         | a=3;b=  | f,a=3",
      })
  void changesTheseOptionsAndLeavesTheOthers(String text, String changes, String expected) {
    // Text before and after shows that nothing outside of the string is touched.
    String file = "x: " + text + "\ny";
    OptionEdits edits = new OptionEdits(new Span(3, 3 + text.length()));
    for (String change : changes.split(";", -1)) {
      String option = change.substring(0, 1);
      edits.set(option, change.substring(2), written(file, option));
    }
    assertEquals("x: " + expected + "\ny", Edits.of(edits.edits()).applyTo(file));
  }

  private static Optional<Span> written(String file, String option) {
    int start = file.indexOf(option + "=");
    return start < 0 ? Optional.empty() : Optional.of(new Span(start, start + 3));
  }
}
