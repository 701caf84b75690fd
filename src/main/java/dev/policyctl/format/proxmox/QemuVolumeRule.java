package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Role;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The drives and shared directories of a virtual machine. */
final class QemuVolumeRule implements VolumeRule {
  /** {@code drive_is_cloudinit} in {@code QemuServer/Drive.pm} of qemu-server 9.2. */
  private static final Pattern CLOUD_INIT =
      Pattern.compile("[:/](?:vm-[0-9]+-)?cloudinit(?:\\.(?:raw|qcow2?|qed|vmdk|cloop))?\\z");

  @Override
  public DeclaredVolume declare(
      String section, String key, PropertyString value, Map<String, String> settings) {
    Role role = role(key, value);
    boolean cdrom = role == Role.CDROM || value.value("media").equals("cdrom");
    return new DeclaredVolume(
        key,
        role,
        section,
        isAttached(role, value, settings),
        cdrom || value.isTrue("ro") || VolumeRule.isTemplate(settings),
        false,
        value.isTrue("snapshot"),
        Optional.of(isInBackups(role, value, settings)),
        value.value("cache"),
        value.value("aio"),
        VolumeRule.options(value));
  }

  private static Role role(String key, PropertyString value) {
    if (key.startsWith("unused")) {
      return Role.UNUSED;
    }
    if (key.startsWith("virtiofs")) {
      return Role.FILESYSTEM;
    }
    return switch (key) {
      case "efidisk0" -> Role.EFI;
      case "tpmstate0" -> Role.TPM;
      default -> roleOnBus(value);
    };
  }

  private static Role roleOnBus(PropertyString drive) {
    String file = drive.value("file");
    if (CLOUD_INIT.matcher(file).find()) {
      return Role.CLOUDINIT;
    }
    boolean hostDrive = file.equals("none") || file.equals("cdrom");
    return hostDrive || drive.value("media").equals("cdrom") ? Role.CDROM : Role.DISK;
  }

  private static boolean isAttached(Role role, PropertyString value, Map<String, String> settings) {
    return switch (role) {
      case UNUSED -> false;
      case EFI -> hasOvmf(settings) && !hasOwnFirmware(settings);
      default -> !value.value("file").equals("none");
    };
  }

  /** {@code get_backup_volumes} in {@code QemuConfig.pm} of qemu-server 9.2. */
  private static boolean isInBackups(
      Role role, PropertyString value, Map<String, String> settings) {
    return switch (role) {
      case UNUSED, FILESYSTEM, CDROM -> false;
      case EFI -> hasOvmf(settings);
      default -> !value.value("media").equals("cdrom") && !value.value("backup").equals("0");
    };
  }

  private static boolean hasOvmf(Map<String, String> settings) {
    return settings.getOrDefault("bios", "").equals("ovmf");
  }

  /** SEV-SNP and TDX start from a firmware image without variables, {@code QemuServer/OVMF.pm}. */
  private static boolean hasOwnFirmware(Map<String, String> settings) {
    for (String part : settings.getOrDefault("amd-sev", "").split(",", -1)) {
      if (part.equals("snp") || part.equals("type=snp")) {
        return true;
      }
    }
    return settings.containsKey("intel-tdx");
  }
}
