package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What libvirt itself makes of domains: {@code virsh domxml-to-native} in the driver embedded in
 * virsh, so that no daemon runs and nothing outside a temporary folder is touched. Needs Debian's
 * libvirt-clients, libvirt-daemon-driver-qemu and qemu-system-x86.
 */
final class Libvirt {
  private static final Pattern GUEST = Pattern.compile("-name guest=g([0-9]+),");
  private static final Pattern BLOCKDEV = Pattern.compile("-blockdev '([^']*)'");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Libvirt() {}

  /**
   * Asks for all domains at once, because each start of virsh probes QEMU anew. Skips the calling
   * test where virsh or its driver is missing.
   *
   * @param domains with {@code %d} for the number in their names: {@code g%d}
   * @return by number, for the domains that libvirt accepts: whether it has the node that holds the
   *     image opened with O_DIRECT
   */
  static Map<Integer, Boolean> direct(List<String> domains, Path folder) throws Exception {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < domains.size(); i++) {
      Path file = folder.resolve(i + ".xml");
      Files.writeString(file, domains.get(i).replace("%d", String.valueOf(i)));
      commands.append("domxml-to-native qemu-argv ").append(file).append('\n');
    }
    Map<Integer, Boolean> direct = new HashMap<>();
    for (String line : Files.readAllLines(run(commands.toString(), folder))) {
      Matcher guest = GUEST.matcher(line);
      if (guest.find()) {
        direct.put(Integer.valueOf(guest.group(1)), isDirect(line));
      }
    }
    return direct;
  }

  private static Path run(String commands, Path folder) throws Exception {
    Path input = Files.writeString(folder.resolve("commands"), commands);
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    try {
      Process virsh =
          new ProcessBuilder("virsh", "-c", "qemu:///embed?root=" + folder.resolve("root"))
              .redirectInput(input.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      boolean ended = virsh.waitFor(5, TimeUnit.MINUTES);
      virsh.destroyForcibly();
      assumeTrue(ended, "virsh does not end");
    } catch (IOException e) {
      assumeTrue(false, "virsh cannot be run: " + e.getMessage());
    }
    String said = Files.readString(errors);
    assumeTrue(!said.contains("failed to connect"), () -> "virsh has no QEMU driver: " + said);
    return output;
  }

  /** Without a cache object in the node it is not. */
  private static boolean isDirect(String commandLine) throws IOException {
    Matcher nodes = BLOCKDEV.matcher(commandLine);
    while (nodes.find()) {
      JsonNode node = JSON.readTree(nodes.group(1));
      if (node.has("filename")) {
        return node.path("cache").path("direct").asBoolean(false);
      }
    }
    throw new IOException("no image in " + commandLine);
  }
}
