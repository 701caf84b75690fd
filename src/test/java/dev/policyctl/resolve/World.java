package dev.policyctl.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.Missing;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.Opening;
import dev.policyctl.model.Placement;
import dev.policyctl.model.Placement.Device;
import dev.policyctl.model.Placement.DeviceKind;
import dev.policyctl.model.Role;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.Values;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host, given as the {@code spec} of its facts, and one volume on it, given as a placement. */
final class World {
  static final String NO_FACTS = "";
  private static final String PROBE = "run `policyctl probe`";

  private World() {}

  static Optional<HostFacts> facts(String spec) {
    if (spec.equals(NO_FACTS)) {
      return Optional.empty();
    }
    HostFactsReader.Result result =
        HostFactsReader.read(
            SourceText.of(
                "facts.yaml",
                "apiVersion: policyctl.dev/v1alpha1\nkind: HostFacts\nmetadata: {name: pve1}\n"
                    + "spec: {"
                    + spec
                    + "}\n"));
    assertEquals(List.of(), result.problems());
    return Optional.of(result.hosts().get(0));
  }

  static Resolver resolver(String spec) {
    return new Resolver(StorageCatalog.NONE, "pve1", facts(spec));
  }

  /** The fields of a disk that lies there. */
  static Values volume(String spec, Placement placement) {
    return volume(resolver(spec), placement);
  }

  static Values volume(Resolver resolver, Placement placement) {
    return resolver.volume(guest(Optional.empty()), disk(), hypervisor(false), at(placement));
  }

  static DeclaredGuest guest(Optional<String> host) {
    return new DeclaredGuest("proxmox-qemu", "100", "web", host, List.of(), List.of(), Map.of());
  }

  static DeclaredVolume disk() {
    return disk(true, Optional.of(true));
  }

  static DeclaredVolume disk(boolean attached, Optional<Boolean> backup) {
    return new DeclaredVolume(
        "scsi0",
        Role.DISK,
        DeclaredVolume.CURRENT,
        attached,
        false,
        false,
        false,
        backup,
        "none",
        "",
        Map.of());
  }

  static OpenRule hypervisor(boolean direct) {
    return opening("hypervisor", direct);
  }

  static OpenRule opening(String opener, boolean direct) {
    return new OpenRule() {
      @Override
      public Opening open(
          DeclaredGuest guest, DeclaredVolume volume, Placement placement, Values storage) {
        return new Opening(
            Fact.known(opener), Fact.known(direct, "the rule says so"), false, Fact.known(true));
      }

      @Override
      public Fact<Boolean> directByDefault(Placement placement) {
        return Fact.known(placement.type().is("dir"));
      }
    };
  }

  static VolumeLocator at(Placement placement) {
    return new VolumeLocator() {
      @Override
      public Placement locate(DeclaredGuest guest, DeclaredVolume volume, StorageCatalog storages) {
        return placement;
      }

      @Override
      public Placement locate(StorageDefinition storage) {
        return placement;
      }

      /** An option that is not stated is set on btrfs, as a libvirt pool's is. */
      @Override
      public Fact<Boolean> nocowOption(Placement found, Fact<String> filesystem) {
        boolean depends =
            found
                .nocowOption()
                .whatIsMissing()
                .filter(missing -> missing.field().equals("storage.filesystem"))
                .isPresent();
        return depends ? filesystem.map("btrfs"::equals) : found.nocowOption();
      }
    };
  }

  /** A raw image on a directory storage, of which only the host knows the file system. */
  static Placement dir(String path) {
    return new Placement(
        "nas",
        Fact.known("dir"),
        Fact.known("file"),
        Fact.known(path),
        Fact.known("raw"),
        Fact.known(false),
        unknownFilesystem("nas"),
        Optional.empty());
  }

  static Placement barePath(String path) {
    return new Placement(
        "",
        Fact.known(""),
        Fact.known("file"),
        Fact.known(path),
        Fact.known("raw"),
        Fact.known(false),
        unknownFilesystem(path),
        Optional.empty());
  }

  /** An image on a storage of type {@code btrfs}. */
  static Placement btrfs(String path, boolean nocow, String format) {
    return new Placement(
        "local-btrfs",
        Fact.known("btrfs"),
        Fact.known("file"),
        Fact.known(path),
        Fact.known(format),
        Fact.known(nocow),
        Fact.known("btrfs", "a storage of type `btrfs` lies on btrfs"),
        Optional.empty());
  }

  /** A storage whose type implies the file system. */
  static Placement typed(String type, String access, String path, String filesystem) {
    return new Placement(
        "shared",
        Fact.known(type),
        Fact.known(access),
        Fact.known(path),
        Fact.known("raw"),
        Fact.known(false),
        Fact.known(filesystem),
        Optional.empty());
  }

  static Placement device(DeviceKind kind, String name, String access, String path) {
    String filesystem = kind == DeviceKind.VOLUME_GROUP ? "" : "zfs";
    Placement plain = typed("any", access, path, filesystem);
    return new Placement(
        plain.storageId(),
        plain.type(),
        plain.access(),
        plain.path(),
        plain.imageFormat(),
        plain.nocowOption(),
        plain.filesystem(),
        Optional.of(new Device(kind, name)));
  }

  static <T> Fact<T> unknownFilesystem(String of) {
    return Fact.unknown(new Missing("storage.filesystem", of, PROBE));
  }

  /** The value as a table writes it: {@code ?} for unknown. */
  static String text(Values values, Field<?> field) {
    Fact<?> fact = values.get(field);
    return fact.isKnown() ? fact.ifKnown().orElseThrow().toString() : "?";
  }

  static String missing(Values values, Field<?> field) {
    return values.get(field).whatIsMissing().map(it -> it.field() + " of " + it.of()).orElse("");
  }
}
