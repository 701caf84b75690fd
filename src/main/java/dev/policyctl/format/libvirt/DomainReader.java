package dev.policyctl.format.libvirt;

import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a {@code <domain>} element into a guest. Backing layers, mirrors and slices of a disk are
 * opened in the disk's own mode and are no volumes of their own.
 */
final class DomainReader {
  private final SourceText source;
  private final XmlElement domain;
  private final List<Problem> problems;
  private final Positions.Builder positions = Positions.builder();
  private final List<DeclaredVolume> volumes = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final Hypervisor hypervisor;
  private final VolumeReader reader;

  private DomainReader(
      SourceText source, XmlElement domain, String section, List<Problem> problems) {
    this.source = source;
    this.domain = domain;
    this.problems = problems;
    this.hypervisor = Hypervisor.of(domain.attribute("type"));
    this.reader = new VolumeReader(source, hypervisor, section, positions, problems);
  }

  /**
   * @param problems gets what libvirt refuses or what cannot be kept
   */
  static ParsedGuest read(
      SourceText source, XmlElement domain, String section, List<Problem> problems) {
    return new DomainReader(source, domain, section, problems).read();
  }

  private ParsedGuest read() {
    String name = domain.textOf("name");
    String uuid = domain.textOf("uuid");
    Span begin = domain.tag().span();
    positions.subject(begin);
    if (name.isEmpty() && uuid.isEmpty()) {
      problems.add(Problem.error(source.location(begin), "the domain has no name", ""));
    }
    Map<String, Span> bypasses = Bypasses.of(domain);
    bypasses.values().stream()
        .findFirst()
        .ifPresent(span -> positions.field(Field.GUEST_BYPASSES, span));
    domain.child("devices").ifPresent(this::readDevices);
    domain.child("os").flatMap(os -> os.child("nvram")).ifPresent(this::readNvram);
    DeclaredGuest guest =
        new DeclaredGuest(
            LibvirtDomainFormat.NAME,
            uuid.isEmpty() ? name : uuid,
            name,
            Optional.empty(),
            List.copyOf(bypasses.keySet()),
            volumes,
            Map.of(OptionName.DOMAIN_TYPE, domain.attribute("type")));
    return new ParsedGuest(guest, positions.build());
  }

  private void readDevices(XmlElement devices) {
    for (XmlElement device : devices.children()) {
      if (device.is("disk") && isNew(device, device.attributeOf("target", "dev"))) {
        volumes.add(reader.disk(device));
      }
      if (device.is("filesystem")
          && !isMemory(device)
          && isNew(device, device.attributeOf("target", "dir"))) {
        volumes.add(reader.filesystem(device));
      }
    }
  }

  /** A container's tmpfs: nothing of it lies on the host's storage. */
  private static boolean isMemory(XmlElement filesystem) {
    return filesystem.attribute("type").equals("ram");
  }

  private boolean isNew(XmlElement device, String key) {
    if (key.isEmpty()) {
      problems.add(
          Problem.error(
              source.location(device.tag().span()),
              "libvirt refuses a `<" + device.name() + ">` without a target",
              ""));
      return false;
    }
    if (!keys.add(key)) {
      problems.add(
          Problem.error(
              source.location(device.tag().span()),
              "libvirt refuses a second target `" + key + "`",
              "give each its own name"));
      return false;
    }
    return true;
  }

  // Without a path libvirt chooses one when the guest starts.
  private void readNvram(XmlElement nvram) {
    String written =
        nvram.child("source").isPresent() ? nvram.attributeOf("source", "file") : nvram.text();
    if (!written.isEmpty() && keys.add("nvram")) {
      volumes.add(reader.nvram(nvram, written));
    }
  }
}
