package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Opening;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Edits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our rule and our edits beside a real libvirt; skipped where there is none. */
class LibvirtRealTest {
  @TempDir Path folder;

  @Test
  void everyCombinationIsOpenedAsLibvirtOpensIt() throws Exception {
    List<String> domains = matrix();
    Map<Integer, Boolean> real = accepted(domains);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      Opening ours = opened(domains.get(i)).opening();
      boolean same =
          real.containsKey(i)
              ? ours.aioAccepted().is(true) && ours.direct().is(real.get(i))
              : ours.aioAccepted().is(false);
      if (!same) {
        wrong.add(domains.get(i) + ours + " but " + real.get(i));
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(real.size() > 200 && real.size() < domains.size(), real.size() + " accepted");
  }

  @Test
  void whatIsFixedIsAcceptedAndNotDirect() throws Exception {
    List<String> fixed = new ArrayList<>();
    for (String domain : matrix()) {
      ParsedFile file = Opened.parse(domain);
      Opening before = opened(domain).opening();
      if (before.direct().is(true)) {
        fixed.add(fix(file, Map.of("volume.io.direct", false)));
      } else if (before.aioAccepted().is(false)) {
        fixed.add(fix(file, Map.of("volume.aio", "")));
      }
    }
    Map<Integer, Boolean> real = accepted(fixed);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < fixed.size(); i++) {
      if (!Boolean.FALSE.equals(real.get(i))) {
        wrong.add(fixed.get(i) + " is " + real.get(i));
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(fixed.size() > 100, fixed.size() + " fixed");
  }

  @Test
  void whatIsReportedAsRefusedIsRefused() throws Exception {
    List<String> refused =
        new ArrayList<>(
            List.of(
                domain("disk", "<driver cache='None'/>", ""),
                domain("disk", "<driver cache=''/>", ""),
                domain("disk", "<driver cache=' none'/>", ""),
                domain("disk", "<driver io='default'/>", ""),
                domain("disk", "<driver name='phy'/>", ""),
                domain("disc", "", ""),
                domain("disk", "", "").replaceAll("(?s)(<disk.*</disk>)", "$1$1"),
                domain("disk", "", "").replaceAll("<source[^>]*>", ""),
                domain("disk", "", "").replaceAll("file='[^']*'", "file=''"),
                domain("disk", "", "").replaceAll("<target[^>]*>", "")));
    for (String domain : refused) {
      assertEquals(1, Opened.parse(domain).problems().size(), domain);
    }
    refused.add(domain("disk", "", ""));

    assertEquals(Map.of(refused.size() - 1, false), accepted(refused));
  }

  @Test
  void oddLayoutsMeanTheSameToLibvirt() throws Exception {
    List<String> domains =
        List.of(
            domain("disk", "<driver cache='&#110;one'/>", ""),
            domain("disk", "<driver cache='none'/><driver cache='writeback'/>", ""),
            domain("disk", "<driver xmlns:z='urn:z' z:cache='none' cache='writeback'/>", ""),
            domain("disk", "<driver xmlns:z='urn:z' cache='writeback' z:cache='none'/>", ""),
            domain("disk", "<z:driver xmlns:z='urn:z' cache='none'/>", ""),
            domain("disk", "<driver\n\tcache = \"none\"\n/>", ""),
            domain("disk", "<!-- <driver cache='writeback'/> --><driver cache='none'/>", ""));
    Map<Integer, Boolean> real = accepted(domains);

    for (int i = 0; i < domains.size(); i++) {
      Opening ours = opened(domains.get(i)).opening();
      assertEquals(real.get(i), ours.direct().ifKnown().orElse(null), domains.get(i));
    }
  }

  private Map<Integer, Boolean> accepted(List<String> domains) throws Exception {
    Map<Integer, Boolean> accepted = Libvirt.direct(domains, folder);
    assumeTrue(!accepted.isEmpty(), "libvirt has no QEMU for x86_64");
    return accepted;
  }

  private static Opened opened(String domain) {
    ParsedFile file = Opened.parse(domain);
    return Opened.of(file, file.guests().get(0).guest().volumes().get(0).key());
  }

  private static String fix(ParsedFile file, Map<String, Object> values) {
    Change change =
        new Change(
            file.guests().get(0).guest().id(),
            opened(file.source().text()).volume().key(),
            DeclaredVolume.CURRENT,
            values);
    List<Edit> edits = new LibvirtDomainFormat().edits(file, change);
    assertTrue(!edits.isEmpty(), file.source().text());
    return Edits.of(edits).applyTo(file.source().text());
  }

  private static List<String> matrix() {
    List<String> domains = new ArrayList<>();
    for (String device : List.of("disk", "cdrom", "floppy", "lun")) {
      for (String flags : List.of("", "<shareable/>", "<readonly/>", "<shareable/><readonly/>")) {
        for (String driver : drivers()) {
          domains.add(domain(device, driver, flags));
        }
      }
    }
    return domains;
  }

  private static List<String> drivers() {
    List<String> drivers = new ArrayList<>();
    List<String> modes = new ArrayList<>(CacheMode.words());
    modes.add("");
    for (String cache : modes) {
      for (String io : List.of("", "native", "threads", "io_uring")) {
        String written =
            (cache.isEmpty() ? "" : " cache='" + cache + "'")
                + (io.isEmpty() ? "" : " io='" + io + "'");
        drivers.add(written.isEmpty() ? "" : "<driver" + written + "/>");
      }
    }
    return drivers;
  }

  private static String domain(String device, String driver, String flags) {
    boolean lun = device.equals("lun");
    return """
        <domain type='qemu'>
          <name>g%%d</name>
          <memory>65536</memory>
          <os><type arch='x86_64'>hvm</type></os>
          <devices>
            <disk type='%s' device='%s'>
              %s
              <source %s/>
              <target %s/>
              %s
            </disk>
          </devices>
        </domain>
        """
        .formatted(
            lun ? "block" : "file",
            device,
            driver,
            lun ? "dev='/dev/sdz'" : "file='/images/a.raw'",
            device.equals("floppy") ? "dev='fda' bus='fdc'" : "dev='sda' bus='scsi'",
            flags);
  }
}
