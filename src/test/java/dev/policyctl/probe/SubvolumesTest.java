package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubvolumesTest {
  private static final String LIST =
      """
      ID 256 gen 7 top level 5 path <FS_TREE>/images
      ID 257 gen 7 top level 256 path images/100
      ID 258 gen 7 top level 5 path <FS_TREE>/two words
      ID 259 gen 7 top level 257 path <FS_TREE>/images/100/in
      """;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /,           /mnt,  /mnt/file,               5
          /,           /mnt,  /mnt,                    5
          /,           /mnt,  /mnt/images/file,        256
          /,           /mnt,  /mnt/images/100,         257
          /,           /mnt,  /mnt/images/1000/file,   256
          /,           /mnt,  /mnt/images/100/in/x/y,  259
          /,           /,     /images/100/file,        257
          /images/100, /mnt,  /mnt/file,               257
          /images/100, /mnt,  /mnt/in/file,            259
          /two words,  /mnt,  /mnt,                    258
          /plain,      /mnt,  /mnt/file,               5
          """)
  void aFileLiesInTheDeepestSubvolumeAbove(
      String root, String mountPoint, String path, long subvolume) {
    Mount mount = new Mount(1, 0, "0:41", root, mountPoint, List.of(), "btrfs", "/dev/sda");
    assertEquals(OptionalLong.of(subvolume), new Subvolumes(LIST).holding(mount, path));
  }
}
