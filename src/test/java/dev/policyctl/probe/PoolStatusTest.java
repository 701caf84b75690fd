package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolStatusTest {

  /** The lines below the pool; {@code .} stands for two blanks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .mirror-0;../dev/a;../dev/b                     | mirror
          ./dev/a;./dev/b                                 | stripe
          .raidz2-0;../dev/a;../dev/b;../dev/c            | raidz2
          .draid1:2d:4c:1s-0;../dev/a;../dev/b            | draid1
          .raidz2-0;../dev/a;.raidz1-1;../dev/b           | raidz1
          .mirror-0;../dev/a;../dev/b;./dev/c             | stripe
          .mirror-0;..replacing-0;.../dev/a;.../dev/b     | mirror
          .replacing-0;../dev/a;../dev/b                  | stripe
          .indirect-0;.mirror-1;../dev/a;../dev/b         | mirror
          .mirror-0;../dev/a;logs;./dev/l;cache;./dev/c   | mirror
          .mirror-0;../dev/a;special;./dev/s;spares;./dev/p | mirror
          """)
  void theWorstDataDeviceDecides(String lines, String redundancy) {
    StringBuilder text = new StringBuilder("  pool: tank\n state: ONLINE\nconfig:\n\n");
    text.append("\tNAME STATE READ WRITE CKSUM\n\ttank ONLINE 0 0 0\n");
    for (String line : lines.split(";", -1)) {
      text.append('\t').append(line.replace(".", "  ")).append("  ONLINE 0 0 0\n");
    }
    text.append("\nerrors: No known data errors\n");
    assertEquals(
        Optional.of(redundancy), PoolStatus.parse(text.toString()).get("tank").redundancy());
  }
}
