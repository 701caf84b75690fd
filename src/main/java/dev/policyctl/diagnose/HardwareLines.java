package dev.policyctl.diagnose;

import java.util.OptionalLong;

/**
 * Messages of the layers around a file system: block devices, their transports, memory, and other
 * file systems on the same disks. Loop devices are left out: they fail when their file does.
 */
final class HardwareLines implements LineReader {

  @Override
  public boolean read(Line line, Evidence evidence) {
    String text = line.text();
    if (text.contains("Linux version ")) {
      String release = Scan.word(text, "Linux version ");
      boolean plausible = !release.isEmpty() && Character.isDigit(release.charAt(0));
      if (plausible) {
        evidence.kernel(release);
      }
      return plausible;
    }
    if (text.contains("integrity: ") && text.contains("hecksum failed at sector")) {
      evidence.integrityError(Scan.device(Scan.word(text, "integrity: ")));
      return true;
    }
    return blockDevice(text, evidence) || filesystem(text, evidence) || machine(text, evidence);
  }

  private static boolean blockDevice(String text, Evidence evidence) {
    boolean request = text.contains("I/O error, dev ") || text.contains("medium error, dev ");
    boolean buffer = text.contains("Buffer I/O error on dev");
    if (request || buffer) {
      String key = request ? "dev " : text.contains("on device ") ? "device " : "dev ";
      sign("I/O errors of ", Scan.device(Scan.word(text, key)), evidence);
      return true;
    }
    boolean failed = text.contains("failed command:") || text.contains("exception Emask");
    OptionalLong port = failed ? Scan.number(text, "ata") : OptionalLong.empty();
    if (port.isPresent()) {
      sign("failed commands on ", "ata" + port.getAsLong(), evidence);
      return true;
    }
    if (text.contains("nvme nvme") && (text.contains("timeout") || text.contains("is down"))) {
      sign("timeouts of ", Scan.device(Scan.word(text, "nvme ")), evidence);
      return true;
    }
    return false;
  }

  private static boolean filesystem(String text, Evidence evidence) {
    if (text.contains("EXT4-fs error (device ")) {
      sign("errors of ext4 on ", Scan.device(Scan.word(text, "device ")), evidence);
      return true;
    }
    int xfs = text.indexOf("XFS (");
    if (xfs >= 0 && (text.contains("orruption") || text.contains("I/O error"))) {
      sign("errors of xfs on ", Scan.word(text.substring(xfs), "("), evidence);
      return true;
    }
    return false;
  }

  private static boolean machine(String text, Evidence evidence) {
    if (text.contains("mce: [Hardware Error]")) {
      evidence.hardwareSign("machine checks of the processor");
    } else if (text.contains("EDAC MC") && (text.contains(" CE ") || text.contains(" UE "))) {
      evidence.hardwareSign("memory errors");
    } else if (text.contains("temperature above threshold")) {
      evidence.hardwareSign("temperatures above the threshold");
    } else {
      return false;
    }
    return true;
  }

  private static void sign(String what, String device, Evidence evidence) {
    boolean hardware =
        !device.startsWith("loop") && !device.startsWith("sr") && !device.startsWith("fd");
    if (hardware && !device.isEmpty()) {
      evidence.hardwareSign(what + Printable.quoted(device));
    }
  }
}
