import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times whole processes, cold: {@code policyctl lint} of one configuration, and an empty {@code
 * main} on the same Java, for every JDK that is installed; conftest where it is on the PATH.
 *
 * <p>Argument: the project's folder.
 */
final class StartupBenchmark {
  private static final int RUNS = 25;

  private StartupBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path project = Path.of(args[0]).toRealPath();
    Path guest = project.resolve("examples/proxmox/nodes/pve1/qemu-server/101.conf");
    Path empty = emptyMain();
    for (Path jdk : jdks()) {
      String java = jdk.resolve("bin/java").toString();
      double nothing =
          median(
              jdk, List.of(java, "-XX:+UseSerialGC", "-cp", empty.toString(), "Empty"));
      double lint =
          median(jdk, List.of(project.resolve("policyctl").toString(), "lint", guest.toString()));
      System.out.printf(
          "%-40s empty main %4.0f ms   policyctl lint %4.0f ms   %.1f times%n",
          jdk.getFileName(), nothing, lint, lint / nothing);
    }
    Optional<Path> conftest = onPath("conftest");
    if (conftest.isPresent()) {
      System.out.printf(
          "%-40s --version %4.0f ms%n",
          "conftest", median(Path.of("/"), List.of(conftest.get().toString(), "--version")));
    }
  }

  /** The first run, which may build or make class data, does not count. */
  private static double median(Path javaHome, List<String> command) throws Exception {
    double[] times = new double[RUNS];
    run(javaHome, command);
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run(javaHome, command);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  private static void run(Path javaHome, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (process.waitFor() > 3) {
      throw new IOException(command + " ended with " + process.exitValue());
    }
  }

  private static Path emptyMain() throws Exception {
    Path folder = Files.createTempDirectory("policyctl-bench");
    Path source =
        Files.writeString(
            folder.resolve("Empty.java"),
            "public class Empty { public static void main(String[] args) {} }\n");
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
    return folder;
  }

  private static List<Path> jdks() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib/jvm"))) {
      List<Path> found =
          folders
              .filter(folder -> Files.exists(folder.resolve("bin/javac")))
              .map(StartupBenchmark::real)
              .distinct()
              .sorted()
              .toList();
      return found.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : found;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
