package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredGuest;

/** The libvirt driver that starts a domain, by the domain's type. */
enum Hypervisor {
  QEMU,
  LXC,
  /** A driver whose way to open images is not known here. */
  OTHER;

  static Hypervisor of(String domainType) {
    return switch (domainType) {
      case "qemu", "kvm", "kqemu", "hvf" -> QEMU;
      case "lxc" -> LXC;
      default -> OTHER;
    };
  }

  static Hypervisor of(DeclaredGuest guest) {
    return of(guest.option(OptionName.DOMAIN_TYPE));
  }
}
