import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Lints one configuration again and again, each time in a new process, and prints the median time
 * beside that of an empty program, for each JDK that is installed; conftest's with one rule too,
 * where it is on the PATH.
 *
 * <p>Arguments: the project's folder, then the number of runs (25 when there is none). What is
 * compared takes turns, so that a busy machine troubles all alike.
 */
final class StartupBenchmark {
  private static final String GUEST =
      """
      agent: 1
      boot: order=scsi0
      cores: 4
      memory: 8192
      name: web
      net0: virtio=BC:24:11:00:00:01,bridge=vmbr0
      ostype: l26
      scsi0: tank:100/vm-100-disk-0.raw,cache=none,size=64G
      scsihw: virtio-scsi-single
      """;

  private static final String STORAGE_CFG = "btrfs: tank\n\tpath /mnt/tank\n\tcontent images\n";

  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: pve1}
      spec:
        kernel: {release: 6.8.12-4-pve}
        filesystems:
          - {mountPoint: /mnt/tank, type: btrfs, options: [rw], btrfs: {dataProfiles: [raid1]}}
      """;

  private static final String REGO =
      """
      package main

      deny contains msg if {
        contains(input.scsi0, "cache=none")
        msg := "scsi0 is opened with O_DIRECT"
      }
      """;

  private final Path policyctl;
  private final Path folder;
  private final int runs;

  private StartupBenchmark(Path policyctl, Path folder, int runs) {
    this.policyctl = policyctl;
    this.folder = folder;
    this.runs = runs;
  }

  /**
   * @param javaHome what JAVA_HOME is for the command; empty to leave it as it is
   */
  private record Command(String javaHome, List<String> words) {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("policyctl-bench");
    try {
      Path policyctl = Path.of(args[0]).toRealPath().resolve("policyctl");
      int runs = args.length > 1 ? Integer.parseInt(args[1]) : 25;
      new StartupBenchmark(policyctl, folder, runs).run();
    } finally {
      delete(folder);
    }
  }

  private void run() throws Exception {
    Files.createDirectory(folder.resolve(".git")); // No context is looked for above it.
    Path guest = Files.writeString(folder.resolve("100.conf"), GUEST);
    Path storages = Files.writeString(folder.resolve("storage.cfg"), STORAGE_CFG);
    Path facts = Files.writeString(folder.resolve("facts.yaml.txt"), FACTS);
    Path rule = Files.writeString(folder.resolve("rule.rego"), REGO);
    compileEmpty();
    List<String> lint =
        List.of(policyctl.toString(), "lint", "--storage-cfg", storages.toString());
    Map<String, Command> commands = new LinkedHashMap<>();
    jdks()
        .forEach(
            (release, home) -> {
              String java = home.resolve("bin/java").toString();
              String empty = "JDK " + release + ": empty main";
              commands.put(
                  empty, new Command("", List.of(java, "-cp", folder.toString(), "Empty")));
              commands.put(
                  "JDK " + release + ": policyctl lint",
                  new Command(home.toString(), joined(lint, guest)));
              commands.put(
                  "JDK " + release + ": policyctl lint --facts",
                  new Command(
                      home.toString(), joined(lint, Path.of("--facts"), facts, guest)));
            });
    onPath("conftest")
        .forEach(
            tool ->
                commands.put(
                    "conftest, one rule",
                    new Command(
                        "",
                        joined(
                            List.of(tool, "test", "--parser", "yaml", "-p", rule.toString()),
                            guest))));
    print(measure(commands));
  }

  private static List<String> joined(List<String> words, Path... more) {
    return Stream.concat(words.stream(), Arrays.stream(more).map(Path::toString)).toList();
  }

  private void compileEmpty() throws IOException {
    Path source = folder.resolve("Empty.java");
    Files.writeString(source, "class Empty { public static void main(String[] args) {} }");
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
  }

  /** JDKs by feature release, one of each from 17 on. */
  private static Map<Integer, Path> jdks() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> entries = Files.list(installed)) {
        entries.sorted().forEach(homes::add);
      }
    }
    Map<Integer, Path> byRelease = new TreeMap<>();
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
        continue;
      }
      for (String line : Files.readAllLines(release)) {
        if (line.startsWith("JAVA_VERSION=\"")) {
          int feature = Integer.parseInt(line.substring(14).split("[^0-9]")[0]);
          if (feature >= 17) {
            byRelease.putIfAbsent(feature, home.toRealPath());
          }
        }
      }
    }
    return byRelease;
  }

  private static List<String> onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(entry -> Path.of(entry, tool))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .limit(1)
        .toList();
  }

  /** Milliseconds of each command, in ascending order. */
  private Map<String, double[]> measure(Map<String, Command> commands) throws Exception {
    Map<String, double[]> times = new LinkedHashMap<>();
    commands.keySet().forEach(name -> times.put(name, new double[runs]));
    for (int run = -2; run < runs; run++) { // Two to warm up: caches are made then.
      for (Map.Entry<String, Command> entry : commands.entrySet()) {
        double taken = time(entry.getValue());
        if (run >= 0) {
          times.get(entry.getKey())[run] = taken;
        }
      }
    }
    times.values().forEach(Arrays::sort);
    return times;
  }

  private static double time(Command command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
    if (!command.javaHome().isEmpty()) {
      builder.environment().put("JAVA_HOME", command.javaHome());
    }
    long start = System.nanoTime();
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      out.transferTo(OutputStream.nullOutputStream());
    }
    int exit = process.waitFor();
    if (exit > 1) {
      throw new IllegalStateException(command.words() + " exits with " + exit);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private void print(Map<String, double[]> times) {
    System.out.println(
        Runtime.getRuntime().availableProcessors() + " processors, " + runs + " runs each");
    double empty = 0;
    for (Map.Entry<String, double[]> entry : times.entrySet()) {
      double median = entry.getValue()[runs / 2];
      boolean isEmpty = entry.getKey().endsWith("empty main");
      empty = isEmpty ? median : empty;
      boolean isOurs = entry.getKey().contains("policyctl");
      System.out.printf(
          "%-32s %7.1f ms  (fastest %.1f)%s%n",
          entry.getKey(),
          median,
          entry.getValue()[0],
          isOurs ? String.format("  %.1f times the empty main", median / empty) : "");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
