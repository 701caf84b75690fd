package dev.policyctl.format.proxmox;

import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Role;
import java.util.Map;
import java.util.Optional;

/** The root file system and the mount points of a container. */
final class LxcVolumeRule implements VolumeRule {

  @Override
  public DeclaredVolume declare(
      String section, String key, PropertyString value, Map<String, String> settings) {
    Role role = role(key);
    String source = value.value("volume");
    return new DeclaredVolume(
        key,
        role,
        section,
        role != Role.UNUSED,
        value.isTrue("ro") || isImageOfDisc(source) || VolumeRule.isTemplate(settings),
        false,
        false,
        Optional.of(isInBackups(role, source, value)),
        "",
        "",
        VolumeRule.options(value));
  }

  private static Role role(String key) {
    if (key.equals("rootfs")) {
      return Role.ROOTFS;
    }
    return key.startsWith("mp") ? Role.MOUNT : Role.UNUSED;
  }

  /** {@code mountpoint_backup_enabled} in {@code LXC/Config.pm} of pve-container 6.1. */
  private static boolean isInBackups(Role role, String source, PropertyString value) {
    return switch (role) {
      case ROOTFS -> true;
      case MOUNT -> VolumeSource.isOnStorage(source) && value.isTrue("backup");
      default -> false;
    };
  }

  /** Mounted read-only whatever its options say, {@code __mountpoint_mount} in {@code LXC.pm}. */
  private static boolean isImageOfDisc(String source) {
    return VolumeSource.isOnStorage(source) && source.startsWith("iso/", source.indexOf(':') + 1);
  }
}
