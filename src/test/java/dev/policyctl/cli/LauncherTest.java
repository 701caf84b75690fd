package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a program of two classes that stands for policyctl. */
final class LauncherTest {
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path home;

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(Path.of("policyctl"), home.resolve("policyctl"));
    for (String folder : List.of("src/main", "policies", "target/lib", "examples")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.writeString(home.resolve("pom.xml"), "");
    for (String part : List.of("src/main", "policies", "pom.xml")) {
      Files.setLastModifiedTime(home.resolve(part), TIME);
    }
    program("one");
    program(home.resolve("target/lib/library.jar"), "lib");
  }

  private void program(String word) throws IOException {
    program(home.resolve("target/policyctl.jar"), word);
  }

  /** Writes a jar whose main class prints the word; two of one length differ in nothing else. */
  private void program(Path jar, String word) throws IOException {
    Path sources = Files.createDirectories(home.resolve("sources"));
    Path classes = Files.createDirectories(home.resolve("classes"));
    String start = "package dev.policyctl.cli; public class ";
    String main = "{ public static void main(String[] args) { ";
    Path one = sources.resolve("Policyctl.java");
    Files.writeString(one, start + "Policyctl " + main + "System.out.println(\"" + word + "\");}}");
    Path two = sources.resolve("Rehearsal.java");
    Files.writeString(two, start + "Rehearsal " + main + "Policyctl.main(args);}}");
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", classes.toString(), one.toString(), two.toString());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name : List.of("Policyctl", "Rehearsal")) {
        String path = "dev/policyctl/cli/" + name + ".class";
        JarEntry entry = new JarEntry(path);
        entry.setLastModifiedTime(TIME);
        entries.putNextEntry(entry);
        entries.write(Files.readAllBytes(classes.resolve(path)));
        entries.closeEntry();
      }
    }
    Files.setLastModifiedTime(jar, FileTime.from(TIME.toInstant().plusSeconds(60)));
  }

  private String run(String... options) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", home.resolve("policyctl").toString(), "lint")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("JDK_JAVA_OPTIONS");
    if (options.length > 0) {
      builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", options));
    }
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.strip();
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("target/cache"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void makesACacheOnceAndLoadsClassesFromIt() throws Exception {
    assertEquals("one", run());
    List<Path> made = caches();
    assertEquals(1, made.size());
    assertTrue(Files.size(made.get(0)) > 0);
    FileTime before = Files.getLastModifiedTime(made.get(0));
    assertTrue(
        run("-Xlog:class+load")
            .lines()
            .anyMatch(
                line ->
                    line.contains("dev.policyctl.cli.Policyctl ")
                        && line.contains("shared objects")));
    assertEquals(made, caches());
    assertEquals(before, Files.getLastModifiedTime(made.get(0)));
  }

  @Test
  void neverUsesTheCacheOfAnotherJar() throws Exception {
    assertEquals("one", run());
    List<Path> made = caches();
    program("two");
    assertEquals("two", run());
    assertEquals(1, caches().size());
    assertTrue(!caches().equals(made), "the cache of the old jar is kept");
    assertEquals("two", run());
    program(home.resolve("target/lib/library.jar"), "bil");
    List<Path> before = caches();
    assertEquals("two", run());
    assertTrue(!caches().equals(before), "the cache outlives a library");
  }

  /** Moves the program to where a package has it. */
  private Path installed() throws IOException {
    Path bin = Files.createDirectories(home.resolve("installed/bin"));
    Files.move(home.resolve("policyctl"), bin.resolve("policyctl"));
    Files.move(home.resolve("target/policyctl.jar"), bin.resolveSibling("policyctl.jar"));
    Files.move(home.resolve("target/lib"), bin.resolveSibling("lib"));
    return Files.createSymbolicLink(home.resolve("policyctl"), bin.resolve("policyctl"));
  }

  @Test
  void runsInstalledFromBesideItsBin() throws Exception {
    Path bin = installed().toRealPath().getParent();
    assertEquals("one", run());
    try (Stream<Path> caches = Files.list(bin.resolveSibling("cache"))) {
      assertEquals(1, caches.count());
    }
    assertTrue(
        run("-XshowSettings:properties").contains("policyctl.policies = /etc/policyctl/policies"));
  }

  @Test
  void aPackageOfOneHostTellsThatItHasNoService() throws Exception {
    installed();
    Process process =
        new ProcessBuilder("bash", home.resolve("policyctl").toString(), "scan")
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor());
    assertTrue(told.contains("error: this package has no connection to clusters\n  help: "), told);
  }

  @Test
  void goesOnWithoutACacheThatCannotBeMade() throws Exception {
    Files.writeString(home.resolve("target/cache"), "no folder");
    assertEquals("one", run());
    Files.delete(home.resolve("target/cache"));
    Files.createDirectory(home.resolve("target/cache"));
    assertEquals("one", run());
    for (Path cache : caches()) {
      Files.delete(cache);
      Files.writeString(cache, "");
    }
    assertEquals("one", run());
    assertEquals(0, Files.size(caches().get(0)));
  }
}
