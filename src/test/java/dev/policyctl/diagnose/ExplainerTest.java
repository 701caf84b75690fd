package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a definition and the facts decides; the log names the image in every row. */
class ExplainerTest {
  private static final String LOG =
      "BTRFS warning (device sdc2): csum failed root 311 ino 257 off 0 csum 0x1 expected csum 0x2"
          + " mirror 1\n";
  private static final String IMAGE = "image guest=100 path=/t/a.raw ";
  private static final String FILE = "file path=/t/a.raw root=311 inode=257 ";

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # the image's values,                              its file,  kernel of the log, verdict,     missing
          direct=true,                                       -,         -,            DEFINITION,     -
          direct=false,                                      -,         -,            NOT_DEFINITION, -
          direct=false always=true,                          -,         -,            DEFINITION,     -
          direct=false always=?,                             -,         -,            UNKNOWN,        storage.alwaysDirect
          direct=?,                                          -,         -,            UNKNOWN,        volume.io.direct
          direct=? writes=buffered,                          -,         -,            NOT_DEFINITION, -
          checksums=false,                                   -,         -,            NOT_DEFINITION, -
          checksums=?,                                       -,         -,            UNKNOWN,        storage.checksums
          written=false,                                     -,         -,            NOT_DEFINITION, -
          writes=buffered,                                   -,         -,            NOT_DEFINITION, -
          writes=bounced,                                    -,         -,            NOT_DEFINITION, -
          writes=verified filesystem=zfs,                    -,         -,            NOT_DEFINITION, -
          writes=?,                                          -,         -,            UNKNOWN,        storage.directWrites
          writes=buffered kernel=6.17.2-1-pve,               -,         6.8.12-4-pve, DEFINITION,     -
          writes=buffered filesystem=zfs,                    -,         6.8.12-4-pve, NOT_DEFINITION, -
          writes=inPlace kernel=?,                           -,         6.17.2-1-pve, NOT_DEFINITION, -
          writes=inPlace kernel=6.8.12-4-pve,                -,         6.17.2-1-pve, DEFINITION,     -
          opener=loop direct=false,                          -,         -,            UNKNOWN,        files.loop.directIo
          opener=loop direct=false,                          dio=true,  -,            DEFINITION,     -
          opener=loop direct=false,                          dio=false, -,            NOT_DEFINITION, -
          opener=loop direct=false writes=buffered,          -,         -,            NOT_DEFINITION, -
          opener=process direct=false possible=true,         -,         -,            UNKNOWN,        volume.io.direct
          opener=process direct=true possible=true,          -,         -,            DEFINITION,     -
          """)
  void decides(String values, String file, String kernel, Explanation expected, String missing) {
    World world = World.of(IMAGE + values, FILE + (file == null ? "" : file));
    String boot = kernel == null ? "" : "[    0.0] Linux version " + kernel + " (x)\n";
    DamagedFile found = world.diagnose(boot + LOG).files().get(0);

    assertEquals(expected, found.explanation());
    List<String> fields = found.conclusion().missing().stream().map(one -> one.field()).toList();
    assertEquals(missing == null ? List.of() : List.of(missing), fields);
  }
}
