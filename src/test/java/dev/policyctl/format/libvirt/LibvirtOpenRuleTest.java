package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtOpenRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # device | driver attributes        | flags                    | direct  | aio accepted
          disk     |                          |                          | false   | true
          disk     | cache='default'          |                          | false   | true
          disk     | cache='none'             |                          | true    | true
          disk     | cache='directsync'       |                          | true    | true
          disk     | cache='writethrough'     |                          | false   | true
          disk     | cache='writeback'        |                          | false   | true
          disk     | cache='unsafe'           |                          | false   | true
          disk     | cache='None'             |                          | unknown | true
          disk     | cache=''                 |                          | false   | true
          disk     | cache=' none'            |                          | unknown | true
          disk     | cache='&#110;one'        |                          | true    | true
          disk     |                          | <shareable/>             | true    | true
          disk     | cache='default'          | <shareable/>             | true    | true
          disk     | cache='writeback'        | <shareable/>             | false   | true
          disk     |                          | <shareable/><readonly/>  | false   | true
          disk     | cache='none'             | <readonly/>              | true    | true
          cdrom    |                          | <shareable/>             | false   | true
          cdrom    | cache='none'             |                          | true    | true
          floppy   | cache='none'             |                          | true    | true
          floppy   |                          | <shareable/>             | true    | true
          lun      | cache='none'             |                          | true    | true
          lun      |                          |                          | false   | true
          disk     | cache='none' io='native' |                          | true    | true
          disk     | cache='directsync' io='native' |                    | true    | true
          disk     | cache='writeback' io='native'  |                    | false   | false
          disk     | io='native'              |                          | false   | false
          disk     | io='native'              | <shareable/>             | true    | false
          disk     | cache='default' io='native' |                       | false   | false
          disk     | io='threads'             |                          | false   | true
          disk     | cache='none' io='io_uring' |                        | true    | true
          disk     | cache='unsafe' io='io_uring' |                      | false   | true
          disk     | io='default'             |                          | false   | false
          disk     | discard='unmap' detect_zeroes='on' copy_on_read='on' iothread='1' | | false | true
          disk     | xmlns:z='urn:z' z:cache='none' |                    | true    | true
          disk     | xmlns:z='urn:z' z:cache='none' cache='writeback' |  | true    | true
          disk     | cache='writeback' xmlns:z='urn:z' z:cache='none' |  | false   | true
          """)
  void followsCacheAndPromotesWritableShareableDisks(
      String device, String driver, String flags, String direct, boolean aioAccepted) {
    Opening opening =
        Opened.only("kvm", disk("block", device, driver, "dev='/x'", flags)).opening();

    assertEquals("hypervisor", opening.opener().ifKnown().orElseThrow());
    assertEquals(direct, word(opening.direct()));
    assertTrue(opening.aioAccepted().is(aioAccepted), opening.toString());
    assertFalse(opening.possible());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # type    | source attributes               | driver                    | direct
          file      | file='/x'                       | cache='none'              | true
          block     | dev='/dev/x'                    | cache='none'              | true
          volume    | pool='p' volume='v'             | cache='none'              | true
          volume    | pool='p' volume='v'             |                           | false
          network   | protocol='rbd' name='p/i'       | cache='directsync'        | true
          network   | protocol='nbd' name='i'         |                           | false
          nvme      | type='pci' namespace='1'        | cache='none'              | true
          vhostvdpa | dev='/dev/vhost-vdpa-0'         | cache='none'              | true
          vhostuser | type='unix' path='/run/s'       |                           | unknown
          dir       | dir='/srv/floppy'               | cache='none'              | false
          file      | fdgroup='g' file='/x'           | cache='none'              | true
          """)
  void theSourceTypeMattersOnlyWhereAnotherProgramOpensTheImage(
      String type, String source, String driver, String direct) {
    Opened disk = Opened.only("kvm", disk(type, "disk", driver, source, ""));

    assertEquals(direct, word(disk.opening().direct()));
  }

  @Test
  void vhostUserNamesTheDaemonAsWhatWouldDecide() {
    Opened disk = Opened.only("kvm", disk("vhostuser", "disk", "", "path='/run/s'", ""));

    Missing missing = disk.opening().direct().whatIsMissing().orElseThrow();
    assertEquals("`volume.io.direct` of `vda` is not known", missing.message());
    assertTrue(missing.help().contains("daemon"), missing.help());
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "qemu", "hvf"})
  void everyTypeOfTheQemuDriverFollowsTheSameRule(String type) {
    Opened disk = Opened.only(type, disk("file", "disk", "cache='none'", "file='/x'", ""));

    assertTrue(disk.opening().direct().is(true));
  }

  @Test
  void aHypervisorWhoseRuleIsNotKnownLeavesTheModeUnknown() {
    Opened disk = Opened.only("xen", disk("file", "disk", "", "file='/x'", ""));

    assertEquals("unknown", word(disk.opening().direct()));
    assertEquals("unknown", word(disk.opening().opener()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cdrom", "floppy"})
  void anEmptyDriveOpensNothing(String device) {
    Opened drive =
        Opened.only(
            "kvm",
            "<disk type='file' device='%s'><driver cache='none'/><target dev='sda'/></disk>"
                .formatted(device));

    assertFalse(drive.volume().attached());
    assertTrue(drive.opening().direct().is(false));
  }

  @Test
  void theFirstDriverElementInNoNamespaceDecides() {
    String devices =
        "<disk type='file'><z:driver xmlns:z='urn:z' cache='none'/><driver cache='writeback'/>"
            + "<driver cache='none'/><source file='/x'/><target dev='vda'/></disk>";

    assertTrue(Opened.only("kvm", devices).opening().direct().is(false));
  }

  @Test
  void layersAndMirrorsBelowADiskDoNotConfuseIt() {
    String devices =
        "<disk type='file'><driver type='qcow2' cache='none'/><source file='/top'/>"
            + "<backingStore type='file'><format type='raw'/><source file='/base'/>"
            + "<backingStore/></backingStore>"
            + "<mirror type='file'><format type='raw'/><source file='/copy'/></mirror>"
            + "<target dev='vda'/></disk>";
    Opened disk = Opened.only("kvm", devices);

    assertTrue(disk.opening().direct().is(true));
    assertTrue(disk.placement().path().is("/top"));
    assertTrue(disk.placement().imageFormat().is("qcow2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # domain | inner elements of <filesystem>                       | type  | opener     | direct  | possible
          kvm  | <source dir='/s'/>                                       | mount | process    | false   | false
          kvm  | <driver type='path'/><source dir='/s'/>                  | mount | process    | false   | false
          kvm  | <driver type='virtiofs'/><source dir='/s'/>              | mount | process    | false   | false
          kvm  | <driver type='virtiofs'/><binary path='/usr/libexec/virtiofsd'><cache mode='none'/></binary><source dir='/s'/> | mount | process | false | false
          kvm  | <driver type='virtiofs'/><binary path='/opt/wrapper'/><source dir='/s'/> | mount | unknown | unknown | false
          kvm  | <driver type='virtiofs'/><source socket='/run/fs.sock'/> | mount | unknown    | unknown | false
          lxc  | <source dir='/s'/>                                       | mount | process    | false   | true
          lxc  | <source dir='/s'/>                                       | bind  | process    | false   | true
          lxc  | <source dev='/dev/x'/>                                   | block | process    | false   | false
          lxc  | <source pool='p' volume='v'/>                            | volume | process   | false   | true
          lxc  | <source name='t'/>                                       | template | process | false   | true
          lxc  | <source file='/i'/>                                      | file  | loop       | false   | false
          lxc  | <driver format='raw'/><source file='/i'/>                | file  | loop       | false   | false
          lxc  | <driver type='loop' format='raw'/><source file='/i'/>    | file  | loop       | false   | false
          lxc  | <driver format='qcow2'/><source file='/i'/>              | file  | hypervisor | true    | false
          lxc  | <driver type='nbd' format='raw'/><source file='/i'/>     | file  | hypervisor | true    | false
          """)
  void directoriesAndContainersAreOpenedByOthers(
      String domain, String inner, String type, String opener, String direct, boolean possible) {
    String devices =
        "<filesystem type='%s'>%s<target dir='t'/></filesystem>".formatted(type, inner);
    Opening opening = Opened.only(domain, devices).opening();

    assertEquals(opener, word(opening.opener()));
    assertEquals(direct, word(opening.direct()));
    assertEquals(possible, opening.possible());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # driver                     | type  | opener     | direct | possible
                                       | file  | loop       | false  | false
          name='loop' type='raw'       | file  | loop       | false  | false
          name='loop' cache='none'     | file  | loop       | false  | false
          type='raw'                   | file  | loop       | false  | false
          name='nbd' type='raw'        | file  | hypervisor | true   | false
          name='nbd' cache='default'   | file  | hypervisor | true   | false
          type='qcow2'                 | file  | hypervisor | true   | false
                                       | block | process    | false  | true
          """)
  void imagesOfContainersGoThroughLoopOrAlwaysDirectNbd(
      String driver, String type, String opener, String direct, boolean possible) {
    String source = type.equals("block") ? "dev='/dev/x'" : "file='/x'";
    Opening opening = Opened.only("lxc", disk(type, "disk", driver, source, "")).opening();

    assertEquals(opener, word(opening.opener()));
    assertEquals(direct, word(opening.direct()));
    assertEquals(possible, opening.possible());
  }

  @Test
  void firmwareVariablesAreNeverDirect() {
    Opened nvram =
        Opened.of(
            Opened.parse("<domain type='kvm'><name>g</name><os><nvram>/v.fd</nvram></os></domain>"),
            "nvram");

    assertTrue(nvram.opening().direct().is(false));
    assertTrue(nvram.placement().path().is("/v.fd"));
  }

  @Test
  void aDiskWithoutCacheIsNowhereDirectByDefault() {
    Opened disk = Opened.only("kvm", disk("file", "disk", "", "file='/x'", ""));

    assertTrue(new LibvirtOpenRule().directByDefault(disk.placement()).is(false));
  }

  private static String disk(
      String type, String device, String driver, String source, String flags) {
    return "<disk type='%s' device='%s'>%s<source %s/>%s<target dev='vda'/></disk>"
        .formatted(
            type,
            device,
            driver == null ? "" : "<driver " + driver + "/>",
            source,
            flags == null ? "" : flags);
  }

  private static String word(Fact<?> fact) {
    return fact.ifKnown().map(Object::toString).orElse("unknown");
  }
}
