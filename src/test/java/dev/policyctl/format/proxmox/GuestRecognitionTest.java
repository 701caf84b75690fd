package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestRecognitionTest {
  private final ProxmoxQemuFormat qemu = new ProxmoxQemuFormat();
  private final ProxmoxLxcFormat lxc = new ProxmoxLxcFormat();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/pve/nodes/a/qemu-server/100.conf | '' | qemu",
        "qemu-server/100.conf | rootfs: a:b\\nhostname: x | qemu",
        "qemu-server/100.conf.bak | scsi0: a:b | none",
        "qemu-server/x.conf | '' | none",
        "my-qemu-server/100.conf | '' | none",
        "/etc/pve/lxc/100.conf | '' | lxc",
        "lxc/100.conf | scsi0: tank:b\\nbios: ovmf | lxc",
        "lxc/default.conf | lxc.net.0.type = empty | none",
        "x.conf | '' | none",
        "x.conf | scsi0: tank:disk | qemu",
        "x.conf | '#note\\r\\nscsi0: tank:disk\\r\\n' | qemu",
        "x.conf | ide2: none,media=cdrom | qemu",
        "x.conf | cdrom: none | qemu",
        "x.conf | virtiofs0: dirid=x | qemu",
        "x.conf | ostype: l26 | qemu",
        "x.conf | bios: ovmf\\nsmbios1: uuid=7b10d7af | qemu",
        "x.conf | boot: order=net0\\ncores: 2 | qemu",
        "- | memory: 512\\ncores: 2 | qemu",
        "x.txt | scsi0: tank:disk | none",
        "x.conf | memory: 512 | none",
        "x.conf | scsi0: enabled | none",
        "x.conf | name: web\\ndescription: thing | none",
        "x.conf | rootfs: tank:disk\\nhostname: ct | lxc",
        "x.conf | arch: amd64\\nrootfs: tank:disk\\nostype: debian\\nmemory: 512\\ncores: 1 | lxc",
        "- | ostype: alpine\\nrootfs: tank:disk | lxc",
        "x.conf | rootfs: tank:disk | none",
        "x.conf | lxc.rootfs.path = dir:/x\\nlxc.arch = amd64 | none",
        "x.conf | lxc.include = /x\\nmemory: 1\\ncores: 1 | none",
        "x.conf | '[Unit]\\nDescription=x' | none",
        "x.conf | server {\\n listen 80;\\n} | none",
        "x.conf | listen_addresses: x\\nport = 5432 | none",
        "x.conf | boot: a\\ncpu: b\\nfoo = 1\\nbar = 2\\nbaz = 3 | none"
      })
  void pathOrTextTell(String path, String head, String expected) {
    String text = head.replace("\\n", "\n").replace("\\r", "\r");
    List<String> found =
        Stream.of(
                qemu.recognizes(path, text) ? "qemu" : "", lxc.recognizes(path, text) ? "lxc" : "")
            .filter(name -> !name.isEmpty())
            .toList();
    assertEquals(expected.equals("none") ? List.of() : List.of(expected), found);
  }

  @Test
  void everyUpstreamCaseIsRecognised() throws IOException {
    Path cases = Shared.path("corpora/qemu-server/cases");
    try (Stream<Path> files = Files.walk(cases)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".conf")).toList()) {
        String text = Files.readString(file);
        assertTrue(qemu.recognizes(file.getFileName().toString(), text), file.toString());
        assertTrue(!lxc.recognizes(file.getFileName().toString(), text), file.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/pve/nodes/pve1/qemu-server/100.conf | 100 | pve1",
        "nodes/pve1/lxc/7.conf | 7 | pve1",
        "nodes/old/nodes/new/qemu-server/1.conf | 1 | new",
        "/etc/pve/qemu-server/100.conf | 100 | ''",
        "allnodes/x/100.conf | 100 | ''",
        "nodes/100.conf | 100 | ''",
        "web.conf | web | ''",
        "dir/web | web | ''",
        "- | - | ''"
      })
  void idAndHostComeFromThePath(String path, String id, String host) {
    GuestPath place = new GuestPath(path);
    assertEquals(id, place.id());
    assertEquals(host, place.host().orElse(""));
  }
}
