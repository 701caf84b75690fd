package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.Missing;
import java.util.Optional;

/**
 * Which file system a volume lies on. What the host's facts say of the mount is trusted before what
 * the storage's type implies.
 */
final class FilesystemFinder {
  private FilesystemFinder() {}

  static Fact<String> find(Site site) {
    if (site.zvol()) {
      return Fact.known("zfs", "it is a volume of ZFS, no file");
    }
    Fact<String> implied = site.placement().filesystem();
    if (site.access().is("block") || site.access().is("network")) {
      String reason = "no file system of this host holds a " + site.access().ifKnown().orElse("");
      return implied.isKnown() ? implied : Fact.known("", reason + " volume");
    }
    Optional<Filesystem> mount = site.mount().filter(it -> !it.type().equals("autofs"));
    if (mount.isPresent()) {
      return ofMount(mount.get(), site, implied.ifKnown().orElse(""));
    }
    return implied.isKnown() ? implied : Fact.unknown(missing(site, implied));
  }

  private static Fact<String> ofMount(Filesystem mount, Site site, String implied) {
    String found = FilesystemKinds.modelName(mount.type());
    boolean offline = FilesystemKinds.isNetwork(implied) && !FilesystemKinds.isNetwork(found);
    if (offline) {
      return site.placement()
          .filesystem()
          .because("it was not mounted when the host's facts were collected");
    }
    String reason = site.place() + " is " + found;
    return implied.isEmpty() || implied.equals(found)
        ? Fact.known(found, reason)
        : Fact.known(found, reason + ", although the storage's type implies " + implied);
  }

  /** The root cause: a path or a storage that is not known, else the mount. */
  private static Missing missing(Site site, Fact<String> implied) {
    Missing stated = implied.whatIsMissing().orElseThrow();
    boolean pathIsKnown = site.path().ifKnown().filter(it -> !it.isEmpty()).isPresent();
    if (!pathIsKnown) {
      return site.path().whatIsMissing().orElse(stated);
    }
    if (!site.host().hasFacts()) {
      return stated;
    }
    String help =
        site.mount()
            .map(it -> "`" + it.mountPoint() + "` is mounted on demand: use it once, then ")
            .orElse("no mount in the host's facts holds its path: ");
    return site.missing(Field.STORAGE_FILESYSTEM, help + site.host().helpToProbe());
  }
}
