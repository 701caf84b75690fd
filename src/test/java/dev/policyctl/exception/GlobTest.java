package dev.policyctl.exception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodes/pve1/** | nodes/pve1/qemu-server/100.conf | true
          nodes/pve1/** | nodes/pve10/qemu-server/100.conf | false
          nodes/*/100.conf | nodes/pve1/100.conf | true
          nodes/*/100.conf | nodes/pve1/lxc/100.conf | false
          **/100.conf | 100.conf | true
          **/100.conf | a/b/100.conf | true
          **/100.conf | a/b/1100.conf | false
          a/**/z | a/z | true
          a/**/z | a/b/c/z | true
          a/**/z | ab/z | false
          10? | 101 | true
          10? | 10/ | false
          901 | 901 | true
          901 | 9011 | false
          a.c | abc | false
          * | vms/shop | false
          ** | vms/shop | true
          """)
  void matches(String pattern, String text, boolean matches) {
    assertEquals(matches, new Glob(pattern).matches(text));
  }

  /** What backtracking would never end with. */
  @Test
  void takesTimeInTheProductOfTheLengths() {
    assertFalse(new Glob("*a".repeat(200) + "b").matches("a".repeat(4000)));
  }
}
