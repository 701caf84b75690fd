package dev.policyctl.format.kubernetes;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Role;
import dev.policyctl.model.Values;

/** Who opens a volume in a cluster and how: KubeVirt's QEMU, or the processes of pods. */
public final class KubernetesOpenRule implements OpenRule {

  @Override
  public Opening open(
      DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage) {
    if (!guest.format().equals(MachineReader.FORMAT)) {
      return new Opening(
          Fact.known("process"),
          FactOptions.flag(volume.options(), OptionName.DIRECT_IO),
          volume.option(OptionName.DIRECT_IO_POSSIBLE).equals("true"),
          Fact.known(true));
    }
    return volume.role() == Role.FILESYSTEM ? shared() : MachineOpening.of(volume, storage);
  }

  /**
   * The daemon passes a guest's O_DIRECT on only with {@code --allow-direct-io}, which KubeVirt
   * never gives it (pkg/virt-controller/services/virtiofs.go, generateContainerFromVolume).
   */
  private static Opening shared() {
    return new Opening(
        Fact.known("process"),
        Fact.known(false, "KubeVirt's virtiofsd drops the guest's O_DIRECT"),
        false,
        Fact.known(true));
  }

  @Override
  public Fact<Boolean> directByDefault(Placement placement) {
    return Fact.known(
        true, "KubeVirt opens a disk without `cache` with O_DIRECT wherever that is accepted");
  }
}
