package dev.policyctl.format.libvirt;

import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places where a domain hands storage to its hypervisor past libvirt's own elements. Elements
 * of a driver are found by the URI of their namespace: any prefix will do for libvirt.
 */
final class Bypasses {
  static final String QEMU_NAMESPACE = "http://libvirt.org/schemas/domain/qemu/1.0";
  private static final String NAMESPACE_OF_DRIVERS = "http://libvirt.org/schemas/domain/";

  /** Begin the aliases of devices that have no storage behind them (qemu_alias.c). */
  private static final List<String> ALIASES_WITHOUT_STORAGE =
      List.of(
          "balloon",
          "channel",
          "console",
          "hostdev",
          "input",
          "net",
          "pci",
          "redir",
          "rng",
          "serial",
          "smartcard",
          "sound",
          "tpm",
          "usb",
          "video",
          "vsock",
          "watchdog");

  private final Map<String, Span> places = new LinkedHashMap<>();

  /** Names of the places in the order of the text, each with where it stands. */
  static Map<String, Span> of(XmlElement domain) {
    Bypasses bypasses = new Bypasses();
    Hypervisor hypervisor = Hypervisor.of(domain.attribute("type"));
    for (XmlElement child : domain.children()) {
      if (child.is("devices")) {
        child.child("emulator").ifPresent(bypasses::emulator);
      } else if (child.namespace().equals(QEMU_NAMESPACE) && hypervisor == Hypervisor.QEMU) {
        bypasses.qemuElement(child);
      } else if (child.namespace().startsWith(NAMESPACE_OF_DRIVERS)
          && !child.namespace().equals(QEMU_NAMESPACE)
          && child.name().equals("commandline")) {
        bypasses.add(driverOf(child) + ":commandline", child);
      }
    }
    return bypasses.places;
  }

  private void add(String name, XmlElement element) {
    places.putIfAbsent(name, element.tag().span());
  }

  private void emulator(XmlElement emulator) {
    String program = baseName(emulator.text());
    boolean known =
        program.isEmpty()
            || program.startsWith("qemu-system-")
            || program.equals("qemu-kvm")
            || program.equals("kvm")
            || program.equals("libvirt_lxc");
    if (!known) {
      add("emulator", emulator);
    }
  }

  private void qemuElement(XmlElement element) {
    if (element.name().equals("commandline") && canTouchStorage(element)) {
      add("qemu:commandline", element);
    }
    if (element.name().equals("override") && overridesStorage(element)) {
      add("qemu:override", element);
    }
  }

  private static boolean canTouchStorage(XmlElement commandline) {
    List<String> arguments = new ArrayList<>();
    for (XmlElement arg : commandline.children("arg", QEMU_NAMESPACE)) {
      arguments.add(arg.attribute("value"));
    }
    return QemuArguments.canTouchStorage(arguments)
        || commandline.children("env", QEMU_NAMESPACE).stream()
            .anyMatch(env -> QemuArguments.canTouchStorageByEnvironment(env.attribute("name")));
  }

  // Properties are those of the guest's device: `drive` puts another image behind it.
  private static boolean overridesStorage(XmlElement override) {
    return override.children("device", QEMU_NAMESPACE).stream()
        .anyMatch(device -> !hasNoStorage(device.attribute("alias")) || setsDrive(device));
  }

  private static boolean hasNoStorage(String alias) {
    return ALIASES_WITHOUT_STORAGE.stream().anyMatch(alias::startsWith);
  }

  private static boolean setsDrive(XmlElement device) {
    return device.children("frontend", QEMU_NAMESPACE).stream()
        .flatMap(frontend -> frontend.children("property", QEMU_NAMESPACE).stream())
        .anyMatch(property -> property.attribute("name").equals("drive"));
  }

  private static String driverOf(XmlElement element) {
    String rest = element.namespace().substring(NAMESPACE_OF_DRIVERS.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
