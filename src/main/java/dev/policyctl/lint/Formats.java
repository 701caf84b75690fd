package dev.policyctl.lint;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.kubernetes.KubernetesFormat;
import dev.policyctl.format.libvirt.LibvirtDomainFormat;
import dev.policyctl.format.libvirt.LibvirtPoolFormat;
import dev.policyctl.format.libvirt.LibvirtVolumeFormat;
import dev.policyctl.format.proxmox.ProxmoxLxcFormat;
import dev.policyctl.format.proxmox.ProxmoxQemuFormat;
import dev.policyctl.format.proxmox.StorageCfgFormat;
import java.util.List;
import java.util.Optional;

/** The one list of definition formats. */
public final class Formats {
  private static final List<DefinitionFormat> ALL =
      List.of(
          new StorageCfgFormat(),
          new ProxmoxQemuFormat(),
          new ProxmoxLxcFormat(),
          new LibvirtDomainFormat(),
          new LibvirtPoolFormat(),
          new LibvirtVolumeFormat(),
          new KubernetesFormat());

  private Formats() {}

  public static List<DefinitionFormat> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(DefinitionFormat::name).toList();
  }

  public static Optional<DefinitionFormat> byName(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The format that claims a file of this path and beginning. */
  public static Optional<DefinitionFormat> detect(String path, String head) {
    return ALL.stream().filter(format -> format.recognizes(path, head)).findFirst();
  }
}
