package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\040b     | a b
          \\134       | \\
          \\134040    | \\040
          x\\043      | x#
          \\04        | \\04
          \\089       | \\089
          \\377       | \\377
          end\\       | end\\
          """)
  void undoesTheKernelsEscapes(String escaped, String plain) {
    assertEquals(plain, MountLine.unescape(escaped));
  }

  @Property
  void readsBackWhatTheKernelWrites(@ForAll String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      escaped.append(" \t\n\\#".indexOf(c) < 0 ? "" + c : String.format("\\%03o", (int) c));
    }
    assertEquals(name, MountLine.unescape(escaped.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rw,noatime | rw,subvol=/ | rw,noatime,subvol=/
          ro,noatime | rw,attr2    | ro,noatime,attr2
          rw         | ro,attr2    | ro,attr2
          """)
  void joinsOptionsOfMountAndFilesystem(String ofMount, String ofFilesystem, String joined) {
    String line = "1 0 8:1 / /a " + ofMount + " - ext4 /dev/sda1 " + ofFilesystem;
    assertEquals(
        Optional.of(List.of(joined.split(",", -1))), MountLine.parse(line).map(Mount::options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "44 27 0:41 / /mnt rw",
        "44 27 0:41 / /mnt rw - btrfs",
        "44 27 0:41 / /mnt rw - btrfs /dev/sda",
        "x 27 0:41 / /mnt rw - btrfs /dev/sda rw",
        "44 - - - - - - -"
      })
  void refusesOtherLines(String line) {
    assertEquals(Optional.empty(), MountLine.parse(line));
  }
}
