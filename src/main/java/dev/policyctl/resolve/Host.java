package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import java.util.Optional;

/**
 * The host that is judged for: its name, and of its facts what is no matter of a path.
 *
 * @param name empty when no host is named
 * @param hasFacts whether facts of it were given
 * @param kernel empty when its release is not known, or none that begins with numbers
 * @param zfs the numbers of its OpenZFS version
 */
record Host(
    String name,
    boolean hasFacts,
    Optional<KernelRelease> kernel,
    Optional<LeadingNumbers> zfs,
    Values values) {

  static Host of(String name, Optional<HostFacts> facts) {
    Optional<String> release = facts.flatMap(HostFacts::kernelRelease);
    Optional<String> version = facts.flatMap(HostFacts::zfsVersion);
    String of = name.isEmpty() ? "host" : name;
    String help = helpToProbe(name);
    Values values =
        Values.builder()
            .set(Field.HOST_NAME, name)
            .set(Field.HOST_KERNEL, known(Field.HOST_KERNEL, release, of, help))
            .set(Field.HOST_ZFS, known(Field.HOST_ZFS, version, of, help))
            .build();
    return new Host(
        name,
        facts.isPresent(),
        release.flatMap(KernelRelease::parse),
        version.flatMap(Host::zfsNumbers),
        values);
  }

  private static Fact<String> known(
      Field<String> field, Optional<String> value, String of, String help) {
    return value
        .map(known -> Fact.known(known))
        .orElseGet(() -> Fact.unknown(new Missing(field.path(), of, help)));
  }

  private static Optional<LeadingNumbers> zfsNumbers(String version) {
    return LeadingNumbers.parse(
        version.startsWith("zfs-") ? version.substring("zfs-".length()) : version);
  }

  /** How to supply what a probe finds out. */
  String helpToProbe() {
    return helpToProbe(name);
  }

  private static String helpToProbe(String name) {
    String where = name.isEmpty() ? "the host" : "`" + name + "`";
    return "run `policyctl probe` on " + where + " and pass its output with `--facts`";
  }

  Missing missingKernel() {
    return missing(Field.HOST_KERNEL);
  }

  Missing missingZfs() {
    return missing(Field.HOST_ZFS);
  }

  private Missing missing(Field<String> field) {
    return new Missing(field.path(), name.isEmpty() ? "host" : name, helpToProbe());
  }
}
