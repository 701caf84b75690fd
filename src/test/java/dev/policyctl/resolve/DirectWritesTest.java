package dev.policyctl.resolve;

import static dev.policyctl.resolve.World.dir;
import static dev.policyctl.resolve.World.missing;
import static dev.policyctl.resolve.World.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.Field;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an O_DIRECT write meets, by file system, version and what was observed. */
class DirectWritesTest {
  private static final String IMAGE = "/m/a.raw";

  private static String mount(String rest) {
    return "filesystems: [{mountPoint: /m, " + rest + "}]";
  }

  private static String directWrites(String facts) {
    return text(World.volume(facts, dir(IMAGE)), Field.STORAGE_DIRECT_WRITES);
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, mount options, profile, value
    "6.8.12, rw, single, inPlace",
    "6.8.12, rw, raid1, inPlace",
    "6.14.11, rw, raid1, inPlace",
    "6.15, rw, single, buffered",
    "6.15, nodatacow, single, inPlace",
    "6.15, nodatacow, raid1, inPlace",
    "6.12.75, rw, single, inPlace",
    "6.12.75, rw, raid1, buffered",
    "6.18.16, nodatacow, raid1, buffered",
    "7.0, nodatacow, raid1, buffered",
    "7.0, nodatacow, raid0, inPlace",
    "7.2.13, rw, single, buffered",
    "7.3, rw, single, bounced",
    "7.3, nodatacow, raid1, bounced",
    "7.3, nodatacow, single, inPlace",
    "none, rw, raid1, inPlace",
    "none, nodatacow, raid1, inPlace",
  })
  void btrfs(String kernel, String options, String profile, String expected) {
    String facts =
        mount("type: btrfs, options: [" + options + "], btrfs: {dataProfiles: [" + profile + "]}");
    String release = kernel.equals("none") ? "" : ", kernel: {release: \"" + kernel + "\"}";
    assertEquals(expected, directWrites(facts + release));
  }

  @Test
  void kernelThatIsNotKnownIsTakenAsAnOldOne() {
    Values values = World.volume(World.NO_FACTS, World.btrfs(IMAGE, false, "raw"));
    assertEquals("inPlace", text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals(
        List.of("the kernel is not known and taken as one before 6.15, which writes in place"),
        values.get(Field.STORAGE_DIRECT_WRITES).because());
  }

  @ParameterizedTest
  @CsvSource({
    // kernel, profiles, value, missing
    "6.8, raid1, inPlace, ''",
    "6.17, raid1, ?, storage.checksums of nas",
    "7.0, raid1, buffered, ''",
    "7.0, single, ?, storage.checksums of nas",
  })
  void checksumsThatAreNotKnownMatterOnlyWhereTheyDecide(
      String kernel, String profile, String expected, String missing) {
    String facts =
        mount("type: btrfs, btrfs: {dataProfiles: [" + profile + "]}")
            + ", kernel: {release: \""
            + kernel
            + "\"}";
    Values values = World.volume(facts, dir(IMAGE));
    assertEquals(expected, text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals(missing, missing(values, Field.STORAGE_DIRECT_WRITES));
  }

  @Test
  void profilesThatAreNotKnownMatterOnlyWithoutChecksums() {
    String kernel = ", kernel: {release: \"7.0\"}";
    assertEquals("buffered", directWrites(mount("type: btrfs, options: [rw]") + kernel));
    Values values = World.volume(mount("type: btrfs, options: [nodatacow]") + kernel, dir(IMAGE));
    assertEquals("storage.profiles of nas", missing(values, Field.STORAGE_DIRECT_WRITES));
  }

  @ParameterizedTest
  @CsvSource({
    // type, options, kernel, value
    "tmpfs, rw, 6.5.3, refused",
    "tmpfs, rw, 6.6.1, inPlace",
    "ext4, rw, 6.8.1, inPlace",
    "ext3, rw, 6.8.1, inPlace",
    "xfs, rw, 6.8.1, inPlace",
    "f2fs, rw, 6.8.1, inPlace",
    "nfs4, rw, 6.8.1, bounced",
    "nfs, sec=krb5, 6.8.1, bounced",
    "nfs, sec=krb5i, 6.8.1, ?",
    "nfs4, sec=krb5p, 6.8.1, ?",
    "cifs, rw, 6.8.1, ?",
    "ceph, rw, 6.8.1, ?",
    "fuse.mergerfs, rw, 6.8.1, ?",
    "overlay, rw, 6.8.1, ?",
    "madefs, rw, 6.8.1, ?",
  })
  void otherFilesystems(String type, String options, String kernel, String expected) {
    String facts = mount("type: " + type + ", options: [" + options + "]");
    assertEquals(expected, directWrites(facts + ", kernel: {release: " + kernel + "}"));
  }

  @Test
  void tmpfsOfAKernelThatIsNotKnownIsUnknown() {
    Values values = World.volume(mount("type: tmpfs"), dir(IMAGE));
    assertEquals("host.kernel of pve1", missing(values, Field.STORAGE_DIRECT_WRITES));
  }

  @ParameterizedTest
  @CsvSource({
    // version, properties, value, alwaysDirect
    "0.7.13, 'direct: standard', refused, false",
    "0.8.6, 'direct: standard', buffered, false",
    "2.2.6, 'copies: 1', buffered, false",
    "zfs-2.2.99-1, 'copies: 1', buffered, false",
    "2.3.0, 'direct: standard', verified, false",
    "2.3.0-rc1, 'direct: standard', verified, false",
    "2.3.2-1, 'direct: always', verified, true",
    "2.3.2, 'direct: disabled', buffered, false",
    "2.3.2, 'direct: standard, verify: true', verified, false",
    "2.3.2, 'direct: standard, verify: false', inPlace, false",
    "2.3.2, 'copies: 1', verified, ?",
    "none, 'direct: standard', ?, false",
    "none, 'direct: disabled', buffered, false",
    "none, 'copies: 1', ?, ?",
  })
  void zfsDataset(String version, String properties, String expected, String always) {
    String facts = mount("type: zfs, zfs: {dataset: t/v, " + properties + "}");
    String host = version.equals("none") ? "" : ", zfs: {version: " + version + "}";
    Values values = World.volume(facts + host, dir(IMAGE));
    assertEquals(expected, text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals(always, text(values, Field.STORAGE_ALWAYS_DIRECT));
  }

  @Test
  void versionOfZfsIsMissingOfTheHost() {
    Values values = World.volume(mount("type: zfs"), dir(IMAGE));
    assertEquals("host.zfs of pve1", missing(values, Field.STORAGE_DIRECT_WRITES));
  }

  @ParameterizedTest
  @CsvSource({"ZVOL, tank/vm-1, /dev/zvol/tank/vm-1", "VOLUME_GROUP, x, /dev/zvol/tank/vm-1"})
  void zvolIsBuffered(DeviceKind kind, String name, String path) {
    Placement placement = World.device(kind, name, "block", path);
    Values values = World.volume("zfs: {version: 2.3.2}", placement);
    assertEquals("zfs", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("buffered", text(values, Field.STORAGE_DIRECT_WRITES));
    assertEquals("false", text(values, Field.STORAGE_ALWAYS_DIRECT));
  }

  @ParameterizedTest
  @CsvSource({
    // bcachefs properties, options, cow, checksums, value
    "'dataChecksum: crc32c', rw, true, true, bounced",
    "'dataChecksum: none', rw, true, false, inPlace",
    "'dataChecksum: crc32c', nocow, false, false, inPlace",
    "'dataReplicas: 1', rw, true, ?, ?",
  })
  void bcachefs(String properties, String options, String cow, String checksums, String expected) {
    String facts = "type: bcachefs, bcachefs: {" + properties + "}, options: [" + options + "]";
    Values values = World.volume(mount(facts), dir(IMAGE));
    assertEquals(cow, text(values, Field.STORAGE_COW));
    assertEquals(checksums, text(values, Field.STORAGE_CHECKSUMS));
    assertEquals(expected, text(values, Field.STORAGE_DIRECT_WRITES));
  }

  @Test
  void blockAndNetworkStorageWriteInPlace() {
    for (String access : List.of("block", "network")) {
      Values values = World.volume(World.NO_FACTS, World.typed("rbd", access, "/dev/x", ""));
      assertEquals("inPlace", text(values, Field.STORAGE_DIRECT_WRITES));
      assertEquals("", text(values, Field.STORAGE_FILESYSTEM));
    }
  }

  @Test
  void whatWasObservedGoesBeforeEveryRule() {
    String btrfs =
        mount("type: btrfs, options: [rw], directWrites: {value: buffered, evidence: tried}");
    assertEquals("buffered", directWrites(btrfs));
    String file = ", files: [{path: " + IMAGE + ", directWrites: {value: verified, evidence: x}}]";
    assertEquals("verified", directWrites(btrfs + file));
    String closed = ", files: [{path: " + IMAGE + ", opensDirect: false}]";
    assertEquals("refused", directWrites(btrfs + closed));
    assertEquals("buffered", directWrites(btrfs + closed.replace("false", "true")));
    assertEquals(
        List.of("the host's facts say so: tried"),
        World.volume(btrfs, dir(IMAGE)).get(Field.STORAGE_DIRECT_WRITES).because());
  }

  @Test
  void optionsOfTheDefinitionCountWhileTheMountIsNotKnown() {
    StorageDefinition nas =
        new StorageDefinition(
            "proxmox-storage", "shared", "nfs", List.of(), Map.of("options", "vers=4,sec=krb5p"));
    Resolver resolver =
        new Resolver(StorageCatalog.of("storage.cfg", List.of(nas)), "pve1", Optional.empty());
    Placement placement = World.typed("nfs", "file", "/mnt/pve/shared/a.raw", "nfs");
    assertEquals("?", text(World.volume(resolver, placement), Field.STORAGE_DIRECT_WRITES));
    assertEquals(
        "bounced", text(World.volume(World.NO_FACTS, placement), Field.STORAGE_DIRECT_WRITES));
  }
}
