package dev.policyctl.resolve;

import static dev.policyctl.resolve.World.at;
import static dev.policyctl.resolve.World.dir;
import static dev.policyctl.resolve.World.missing;
import static dev.policyctl.resolve.World.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Role;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of guest, volume and host, and what the host knows of loop devices. */
class VolumeFieldsTest {
  private static final String IMAGE = "/m/a.raw";

  @ParameterizedTest
  @CsvSource({
    // opener, the rule's direct, facts of the file, attached, direct
    "loop, false, '', true, false",
    "loop, false, 'noCow: false', true, false",
    "loop, true, 'noCow: false', true, false",
    "loop, false, 'loop: {device: loop0, directIo: true}', true, true",
    "loop, false, 'loop: {device: loop0, directIo: false}', true, false",
    "loop, false, 'loop: {device: loop0, directIo: true}', false, false",
    "hypervisor, false, 'loop: {device: loop0, directIo: true}', true, false",
    "hypervisor, true, 'loop: {device: loop0, directIo: false}', true, true",
    "process, false, 'loop: {device: loop0, directIo: true}', true, false",
  })
  void loopDeviceThatIsAttachedDecides(
      String opener, boolean rule, String file, boolean attached, String direct) {
    String facts = file.isEmpty() ? "files: []" : "files: [{path: " + IMAGE + ", " + file + "}]";
    Values values =
        World.resolver(facts)
            .volume(
                World.guest(Optional.empty()),
                World.disk(attached, Optional.empty()),
                World.opening(opener, rule),
                at(dir(IMAGE)));
    assertEquals(direct, text(values, Field.VOLUME_IO_DIRECT));
    assertEquals(opener, text(values, Field.VOLUME_IO_OPENER));
  }

  @Test
  void declaredValuesAreKept() {
    DeclaredVolume volume =
        new DeclaredVolume(
            "mp0",
            Role.MOUNT,
            "snapshot:a",
            true,
            false,
            true,
            true,
            Optional.of(false),
            "unsafe",
            "native",
            Map.of());
    Values values =
        World.resolver(World.NO_FACTS)
            .volume(
                World.guest(Optional.of("pve7")), volume, World.hypervisor(true), at(dir(IMAGE)));
    Map<Field<?>, String> expected =
        Map.ofEntries(
            Map.entry(Field.GUEST_FORMAT, "proxmox-qemu"),
            Map.entry(Field.GUEST_ID, "100"),
            Map.entry(Field.GUEST_NAME, "web"),
            Map.entry(Field.GUEST_HOST, "pve7"),
            Map.entry(Field.GUEST_BYPASSES, "[]"),
            Map.entry(Field.VOLUME_KEY, "mp0"),
            Map.entry(Field.VOLUME_ROLE, "mount"),
            Map.entry(Field.VOLUME_SECTION, "snapshot:a"),
            Map.entry(Field.VOLUME_ATTACHED, "true"),
            Map.entry(Field.VOLUME_READ_ONLY, "false"),
            Map.entry(Field.VOLUME_SHARED, "true"),
            Map.entry(Field.VOLUME_WRITTEN, "true"),
            Map.entry(Field.VOLUME_TRANSIENT, "true"),
            Map.entry(Field.VOLUME_BACKUP, "false"),
            Map.entry(Field.VOLUME_CACHE, "unsafe"),
            Map.entry(Field.VOLUME_AIO, "native"),
            Map.entry(Field.VOLUME_AIO_ACCEPTED, "true"),
            Map.entry(Field.VOLUME_FORMAT, "raw"),
            Map.entry(Field.VOLUME_IO_DIRECT, "true"),
            Map.entry(Field.VOLUME_IO_POSSIBLE, "false"),
            Map.entry(Field.STORAGE_ID, "nas"),
            Map.entry(Field.STORAGE_TYPE, "dir"),
            Map.entry(Field.STORAGE_PATH, IMAGE),
            Map.entry(Field.STORAGE_DIRECT_BY_DEFAULT, "true"),
            Map.entry(Field.HOST_NAME, "pve1"));
    expected.forEach((field, value) -> assertEquals(value, text(values, field), field.path()));
  }

  @Test
  void whatNobodySaysIsMissing() {
    Resolver nowhere = new Resolver(StorageCatalog.NONE, "", Optional.empty());
    OpenRule rule = World.hypervisor(false);
    Values values =
        nowhere.volume(
            World.guest(Optional.empty()),
            World.disk(true, Optional.empty()),
            rule,
            at(dir(IMAGE)));
    assertEquals("guest.host of 100", missing(values, Field.GUEST_HOST));
    assertEquals("volume.backup of proxmox-qemu", missing(values, Field.VOLUME_BACKUP));
    assertEquals("host.kernel of host", missing(values, Field.HOST_KERNEL));
    assertEquals("host.zfs of host", missing(values, Field.HOST_ZFS));
    assertEquals("storage.filesystem of nas", missing(values, Field.STORAGE_CHECKSUMS));
    assertEquals("storage.filesystem of nas", missing(values, Field.STORAGE_MIRRORED_BELOW));
    assertEquals("", text(values, Field.HOST_NAME));
  }

  @Test
  void hostIsTheGuestsOwnElseTheOneJudgedFor() {
    Resolver resolver = World.resolver("kernel: {release: 6.8.12-4-pve}, zfs: {version: 2.2.6}");
    assertEquals("pve7", text(resolver.guest(World.guest(Optional.of("pve7"))), Field.GUEST_HOST));
    Values values = resolver.guest(World.guest(Optional.empty()));
    assertEquals("pve1", text(values, Field.GUEST_HOST));
    assertEquals("6.8.12-4-pve", text(values, Field.HOST_KERNEL));
    assertEquals("2.2.6", text(values, Field.HOST_ZFS));
  }

  @Test
  void storageHasItsOwnAndTheHostsFields() {
    StorageDefinition storage =
        new StorageDefinition("proxmox-storage", "nas", "dir", List.of(), Map.of());
    Values values =
        World.resolver("filesystems: [{mountPoint: /m, type: xfs}]")
            .storage(storage, World.hypervisor(false), at(dir("/m")));
    assertEquals("xfs", text(values, Field.STORAGE_FILESYSTEM));
    assertEquals("true", text(values, Field.STORAGE_DIRECT_BY_DEFAULT));
    assertEquals(false, values.has(Field.GUEST_ID));
  }
}
