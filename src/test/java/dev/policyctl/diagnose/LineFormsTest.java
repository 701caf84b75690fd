package dev.policyctl.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line in, what the evidence holds after it. */
class LineFormsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Prefixes
          [    7.250000] BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1 | file vdb 300/260 wrong=1 mirrors=[1]
          [Mon Mar  2 10:00:00 2026] BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1 | file vdb 300/260 wrong=1 mirrors=[1]
          kern  :warn  : [    7.250000] BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1 | file vdb 300/260 wrong=1 mirrors=[1]
          Mar  2 10:00:00 box kernel: BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1 | file vdb 300/260 wrong=1 mirrors=[1]
          2026-03-02T10:00:00+0100 box kernel: [ 7.2] BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 2 | file vdb 300/260 wrong=1 mirrors=[2]
          Mar  2 10:00:00 btrfs kernel: BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 | file vdb 300/260 wrong=1
          <4>[    7.2] BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 | file vdb 300/260 wrong=1
          Mar  2 10:00:00 box kernel: message repeated 3 times: [ BTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1] | file vdb 300/260 wrong=1 mirrors=[1]
          # Forms of reading
          BTRFS warning (device vdb state E): csum failed root 300 ino 260 off 8192 csum 0x1 expected csum 0x2 mirror 1 | file vdb 300/260 wrong=1 mirrors=[1]
          BTRFS warning (device dm-3): csum failed ino 260 off 8192 csum 17 expected csum 18 | file dm-3 -/260 wrong=1
          btrfs: csum failed ino 260 off 8192 csum 17 private 18 | file  -/260 wrong=1
          btrfs csum failed ino 260 extent 5 csum 17 wanted 18 mirror 1 | file  -/260 mirrors=[1]
          BTRFS warning (device vdb): csum failed root -9 ino 257 off 8192 logical 4096 csum 0x1 expected csum 0x2 mirror 1 | block vdb 4096
          BTRFS warning (device vdb): checksum error at logical 4096 mirror 1 root 300 inode 260 offset 8192 length 4096 links 1 (path: a.raw) | file vdb 300/260 wrong=1 paths=[a.raw]
          BTRFS warning (device vdb): direct IO failed ino 260 op 0x0 offset 0x2000 len 4096 err no 10 | file vdb -/260 direct
          BTRFS info (device vdb): read error corrected: ino 260 off 8192 (dev /dev/vdc sector 900) | file vdb -/260 wrong=1 repaired=1
          BTRFS info (device vdb): read error corrected: root 300 ino 260 off 8192 (dev /dev/vdc sector 900) | file vdb 300/260 wrong=1 repaired=1
          BTRFS info (device vdb): read error corrected: ino 1 off 8192 (dev /dev/vdc sector 900) | metadata vdb=1
          # Forms of scrub
          BTRFS warning (device vdb): checksum error at logical 4096 on dev /dev/vdc, physical 77, root 300, inode 260, offset 8192, length 4096, links 1 (path: dir/a b (1).raw) | file vdb 300/260 wrong=1 paths=[dir/a b (1).raw]
          BTRFS warning (device vdb): scrub: checksum error at logical 4096 on dev /dev/vdc, physical 77 root 300 inode 260 offset 8192 length 4096 links 1 (path: a.raw) | file vdb 300/260 wrong=1 paths=[a.raw]
          BTRFS warning (device vdb): checksum error at logical 4096 on dev /dev/vdc, physical 77, root 300, inode 260, offset 8192: path resolving failed with ret=-2 | file vdb 300/260 wrong=1
          BTRFS warning (device vdb): checksum error at logical 4096 on dev /dev/vdc, physical 77, root 300, inode 260, offset 8192, length 4096, links 1 (path: gr\\xc3\\xbcn.raw) | file vdb 300/260 wrong=1 paths=[grün.raw]
          BTRFS warning (device vdb): checksum error at logical 4096 on dev /dev/vdc, physical 77, root 300, inode 260, offset 8192, length 4096, links 1 (path: root 9, inode 8, offset 7.raw) | file vdb 300/260 wrong=1 paths=[root 9, inode 8, offset 7.raw]
          BTRFS warning (device vdb): i/o error at logical 4096 on dev /dev/vdc, physical 77, root 300, inode 260, offset 8192, length 4096, links 1 (path: a.raw) | file vdb 300/260 wrong=1 unread=1 paths=[a.raw]
          BTRFS warning (device vdb): checksum error at logical 4096 on dev /dev/vdc, physical 77: metadata leaf (level 0) in tree 5 | metadata vdb=1
          BTRFS error (device vdb): unable to fixup (regular) error at logical 4096 on dev /dev/vdc | block vdb 4096
          BTRFS error (device vdb): scrub: unable to fixup (regular) error at logical 4096 on dev /dev/vdc physical 77 | block vdb 4096
          BTRFS error (device vdb): fixed up error at logical 4096 on dev /dev/vdc | nothing
          # Metadata and counters
          BTRFS error (device vdb): parent transid verify failed on 4096 wanted 7 found 5 | metadata vdb=1
          BTRFS warning (device vdb): checksum verify failed on logical 4096 mirror 1 wanted 0x1 found 0x2 level 0 | metadata vdb=1
          BTRFS critical (device vdb): corrupt leaf: root=5 block=4096 slot=1, bad key order | metadata vdb=1
          BTRFS error (device vdb): bdev /dev/vdc errs: wr 1, rd 2, flush 3, corrupt 4, gen 5 | device vdc 1 2 3 4 5
          BTRFS info (device vdb): bdev <missing disk> errs: wr 1, rd 0, flush 0, corrupt 0, gen 0 | device <missing disk> 1 0 0 0 0
          [/dev/mapper/a-b].corruption_errs  129 | device mapper/a-b 0 0 0 129 0
          # Around the file system
          blk_update_request: I/O error, dev sdc, sector 88 op 0x0:(READ) flags 0x0 | sign I/O errors of `sdc`=1
          critical medium error, dev sdc, sector 88 op 0x0:(READ) flags 0x0 | sign I/O errors of `sdc`=1
          Buffer I/O error on dev dm-2, logical block 5, async page read | sign I/O errors of `dm-2`=1
          I/O error, dev loop7, sector 88 op 0x0:(READ) | nothing
          EXT4-fs error (device loop7): ext4_find_entry:1663: inode #2: comm ls: reading directory | nothing
          EXT4-fs error (device sdc1): ext4_find_entry:1663: inode #2: comm ls: reading directory | sign errors of ext4 on `sdc1`=1
          XFS (sdc2): Metadata corruption detected at xfs_agf_read_verify | sign errors of xfs on `sdc2`=1
          ata4.00: failed command: READ FPDMA QUEUED | sign failed commands on `ata4`=1
          nvme nvme1: I/O 22 QID 3 timeout, aborting | sign timeouts of `nvme1`=1
          mce: [Hardware Error]: Machine check events logged | sign machine checks of the processor=1
          CPU2: Core temperature above threshold, cpu clock throttled (total events = 9) | sign temperatures above the threshold=1
          device-mapper: integrity: dm-5: Checksum failed at sector 0x18 | integrity dm-5=1
          [    0.000000] Linux version 6.8.12-4-pve (build@box) (gcc 12.2.0) | kernel 6.8.12-4-pve
          # Lines that are missing
          btrfs_print_data_csum_error: 41 callbacks suppressed | suppressed 41
          scrub_print_common_warning: 7 callbacks suppressed | suppressed 7
          btrfs_dev_stat_inc_and_print: 3 callbacks suppressed | nothing
          net_ratelimit: 12 callbacks suppressed | nothing
          ** 55 printk messages dropped ** | suppressed 55
          Mar  2 10:00:00 box systemd-journald[300]: Missed 9 kernel messages | suppressed 9
          # ZFS
          zed: eid=5 class=data pool='tank' priority=0 err=52 flags=0x808081 bookmark=70:2:0:5 | file tank -/-1 paths=[<0x46>:<0x2>]
          zed: eid=5 class=data pool='tank' priority=0 err=52 flags=0x808081 bookmark=0:61:-1:0 | metadata tank=1
          zed: eid=6 class=checksum pool='tank' vdev=sdc1 algorithm=fletcher4 size=4096 | nothing
          zed: eid=7 class=io pool='tank' vdev=sdc1 size=4096 offset=8 priority=0 err=5 | sign I/O errors of ZFS pool `tank`=1
          zed: eid=8 class=dio_verify_wr pool='tank' vdev=sdc1 size=131072 | refused tank=1
          Mar  2 2026 10:00:00.924000000 ereport.fs.zfs.dio_verify_wr | refused =1
          """)
  void oneLine(String line, String expected) {
    assertEquals(expected, words(evidenceOf(line)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | nothing
          btrfs-progs v6.6.3 | nothing
          $ btrfs scrub status /mnt | nothing
          BTRFS info (device vdb): first mount of filesystem 0f6b8f5e | nothing
          BTRFS warning (device vdb): csum failed root 300 ino | nothing
          BTRFS warning (device vdb | nothing
          BTRFS | nothing
          BTRFS warning (device vdb): csum failed root 99999999999999999999 ino 99999999999999999999 off 1 | nothing
          notBTRFS warning (device vdb): csum failed root 300 ino 260 off 8192 | nothing
          """)
  void linesThatTellNothing(String line, String expected) {
    assertEquals(expected, words(evidenceOf(line == null ? "" : line)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Error summary:    csum=60 read=2 verify=3 super=1 | csum=60 read=2 super=1 verify=3
          Error summary:    no errors found | csum=0
          Uncorrectable: 60 | uncorrectable=60
          csum_errors: 12 | csum=12
          no_csum: 2304 | no_csum=2304
          error details: csum=1 | csum=1
          corrected errors: 0, uncorrectable errors: 1, unverified errors: 2 | corrected=0 uncorrectable=1 unverified=2
          """)
  void linesOfScrubEvenAlone(String line, String expected) {
    Evidence evidence = evidenceOf(line);
    assertEquals(1, evidence.scrubs().size());
    StringJoiner counts = new StringJoiner(" ");
    evidence.scrubs().get(0).counts().forEach((name, count) -> counts.add(name + "=" + count));
    assertEquals(expected, counts.toString());
  }

  private static Evidence evidenceOf(String line) {
    LogReader reader = new LogReader();
    reader.read(SourceText.of("log", line));
    reader.evidence().join();
    assertTrue(reader.understood() <= 1);
    return reader.evidence();
  }

  private static String words(Evidence evidence) {
    StringJoiner words = new StringJoiner("; ");
    words.setEmptyValue("nothing");
    evidence.files().forEach((id, file) -> words.add(words(id, file)));
    evidence
        .addressesWithoutFile()
        .forEach(block -> words.add("block " + block.device() + " " + block.logical()));
    evidence.metadataErrors().forEach((device, n) -> words.add("metadata " + device + "=" + n));
    evidence.integrityErrors().forEach((device, n) -> words.add("integrity " + device + "=" + n));
    evidence.hardwareSigns().forEach((sign, n) -> words.add("sign " + sign + "=" + n));
    evidence.kernels().forEach(release -> words.add("kernel " + release));
    evidence
        .pools()
        .forEach((name, pool) -> words.add("refused " + name + "=" + pool.refusedDirectEvents));
    evidence.devices().values().forEach(device -> words.add(words(device)));
    if (evidence.suppressed() > 0) {
      words.add("suppressed " + evidence.suppressed());
    }
    return words.toString();
  }

  private static String words(DeviceErrors device) {
    return "device %s %d %d %d %d %d"
        .formatted(
            device.name(),
            device.write(),
            device.read(),
            device.flush(),
            device.corruption(),
            device.generation());
  }

  private static String words(FileId id, FileEvidence file) {
    Damage damage = file.damage();
    String root = id.root().isPresent() ? "" + id.root().getAsLong() : "-";
    return "file "
        + id.device()
        + " "
        + root
        + "/"
        + id.inode().orElse(-1)
        + part("wrong", damage.blocks())
        + part("repaired", damage.repaired())
        + part("unread", damage.readErrors())
        + (damage.mirrors().isEmpty() ? "" : " mirrors=" + damage.mirrors())
        + (file.paths().isEmpty() ? "" : " paths=" + file.paths())
        + (damage.directSeen() ? " direct" : "");
  }

  private static String part(String name, long number) {
    return number == 0 ? "" : " " + name + "=" + number;
  }
}
