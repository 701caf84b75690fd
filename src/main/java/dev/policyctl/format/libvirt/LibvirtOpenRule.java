package dev.policyctl.format.libvirt;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Missing;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Values;

/** Who opens a volume of a libvirt domain and how. The storage below never changes it. */
public final class LibvirtOpenRule implements OpenRule {
  static final String HYPERVISOR = "hypervisor";
  static final String LOOP = "loop";
  static final String PROCESS = "process";

  @Override
  public Opening open(
      DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage) {
    if (!volume.attached()) {
      return new Opening(
          Fact.known(HYPERVISOR),
          Fact.known(false, "the drive is empty: nothing is opened"),
          false,
          Hypervisor.of(guest) == Hypervisor.QEMU
              ? QemuOpening.aioAccepted(volume)
              : Fact.known(true));
    }
    return switch (Hypervisor.of(guest)) {
      case QEMU -> QemuOpening.of(volume);
      case LXC -> LxcOpening.of(volume);
      case OTHER ->
          unknown(
              volume,
              "how a domain of type `"
                  + guest.option(OptionName.DOMAIN_TYPE)
                  + "` opens its disks is not known here: `kvm`, `qemu` and `lxc` are");
    };
  }

  @Override
  public Fact<Boolean> directByDefault(Placement placement) {
    return Fact.known(
        false, "without `cache` libvirt tells QEMU nothing, and QEMU uses the page cache");
  }

  static Opening opening(String opener, Fact<Boolean> direct) {
    return new Opening(Fact.known(opener), direct, false, Fact.known(true));
  }

  /** Neither who opens it nor how is known, for the reason in {@code help}. */
  static Opening unknown(DeclaredVolume volume, String help) {
    Missing missing = new Missing("volume.io.direct", volume.key(), help);
    return new Opening(Fact.unknown(missing), Fact.unknown(missing), false, Fact.known(true));
  }
}
