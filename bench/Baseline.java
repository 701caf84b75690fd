import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes machines with ten failing volumes each, and lints them without a baseline, with one of a tenth of the findings,
 * and with one of all; then takes one anew. Prints seconds, seconds of CPU and peak memory of each; what stays without and with a
 * baseline of the same size should differ by the reading of the baseline alone.
 *
 * <p>Arguments: the project's folder, then the numbers of findings (25000 100000 when there are none).
 */
final class BaselineBenchmark {
  private static final int VOLUMES = 10;
  private static final int GUESTS_IN_A_FOLDER = 1000;

  private final String policyctl;

  private BaselineBenchmark(Path project) {
    this.policyctl = project.resolve("policyctl").toString();
  }

  public static void main(String[] args) throws Exception {
    BaselineBenchmark benchmark = new BaselineBenchmark(Path.of(args[0]).toRealPath());
    System.out.println(
        "java "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
    List<String> sizes = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("25000", "100000");
    for (String size : sizes) {
      Path folder = Files.createTempDirectory("policyctl-bench");
      try {
        benchmark.measure(folder, Integer.parseInt(size));
      } finally {
        delete(folder);
      }
    }
  }

  private void measure(Path folder, int findings) throws Exception {
    make(folder, findings / VOLUMES);
    Path all = folder.resolve("all.json");
    Path tenth = folder.resolve("tenth.json");
    time(policyctl, "explain");
    print(findings, 0, "lint", lint(folder));
    print(findings, 0, "lint --update-baseline", lint(folder, "--update-baseline", "--baseline", all.toString()));
    int entries = keepEveryTenth(all, tenth);
    print(findings, entries, "lint --baseline", lint(folder, "--baseline", tenth.toString()));
    print(findings, findings, "lint --baseline", lint(folder, "--baseline", all.toString()));
    print(
        findings, entries, "lint --update-baseline", lint(folder, "--update-baseline", "--baseline", tenth.toString()));
  }

  private Run lint(Path folder, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(policyctl, "lint", "--format", "json"));
    command.addAll(List.of(options));
    command.add(folder.toString());
    return time(command.toArray(String[]::new));
  }

  /** An entry is a line. */
  private static int keepEveryTenth(Path from, Path to) throws IOException {
    List<String> lines = Files.readAllLines(from);
    List<String> kept = new ArrayList<>();
    int entry = 0;
    for (String line : lines) {
      boolean isEntry = line.startsWith("    {");
      if (isEntry && entry++ % VOLUMES == 0) {
        kept.add(line.replaceAll(",$", ""));
      }
    }
    String text = lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(2) + "\n" + String.join(",\n", kept) + "\n  ]\n}\n";
    Files.writeString(to, text);
    return kept.size();
  }

  private static void make(Path folder, int guests) throws IOException {
    Files.writeString(folder.resolve("storage.cfg"), "dir: tank\n\tpath /mnt/tank\n\tcontent images\n");
    Files.writeString(folder.resolve("pve1.facts.yaml"), FACTS);
    for (int guest = 0; guest < guests; guest++) {
      Path of = Files.createDirectories(folder.resolve("part" + guest / GUESTS_IN_A_FOLDER + "/nodes/pve1/qemu-server"));
      StringBuilder text = new StringBuilder("name: vm").append(guest).append("\nmemory: 2048\n");
      for (int volume = 0; volume < VOLUMES; volume++) {
        String image = (100 + guest) + "/vm-" + (100 + guest) + "-disk-" + volume + ".raw";
        text.append("scsi" + volume + ": tank:" + image + ",cache=none,size=8G\n");
      }
      Files.writeString(of.resolve((100 + guest) + ".conf"), text);
    }
  }

  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: pve1}
      spec:
        kernel: {release: 6.1.0-9-amd64}
        filesystems:
          - mountPoint: /mnt/tank
            source: /dev/sda1
            type: btrfs
            options: [rw]
            btrfs: {dataProfiles: [raid1], metadataProfiles: [raid1], devices: 2}
            below: [{name: sda1, kind: partition}]
      """;

  private record Run(double seconds, double cpuSeconds, long peakKib, int exit) {}

  private static void print(int findings, int entries, String what, Run run) {
    System.out.printf(
        "%7d findings x %6d entries  %-23s exit %d  %7.2f s  %7.2f s of CPU  %5d MiB%n",
        findings, entries, what, run.exit(), run.seconds(), run.cpuSeconds(), run.peakKib() / 1024);
  }

  /** Output is read and dropped; CPU time and the peak are the process' own, read while it runs. */
  private static Run time(String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread reader = new Thread(() -> drop(process.getInputStream()));
    reader.start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    do {
      peak = Math.max(peak, peakKib(process.pid()));
      cpu = process.info().totalCpuDuration().orElse(cpu);
    } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
    reader.join();
    return new Run((System.nanoTime() - start) / 1e9, cpu.toMillis() / 1e3, peak, process.exitValue());
  }

  private static void drop(InputStream stream) {
    try (stream) {
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long peakKib(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
