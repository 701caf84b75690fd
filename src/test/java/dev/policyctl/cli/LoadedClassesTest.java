package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run loads what it needs and no more. */
final class LoadedClassesTest {
  private static final List<String> LIBRARIES =
      List.of(
          "dev.cel.compiler.",
          "dev.cel.checker.",
          "dev.cel.parser.",
          "dev.cel.runtime.",
          "org.antlr.",
          "org.yaml.snakeyaml.",
          "com.fasterxml.jackson.",
          "dev.policyctl.completion.",
          "picocli.AutoComplete",
          "picocli.");

  /** Interfaces without code that CEL's string functions are declared with. */
  private static final List<String> DECLARATIONS =
      List.of(
          "dev.cel.compiler.CelCompilerLibrary ",
          "dev.cel.checker.CelCheckerLibrary ",
          "dev.cel.parser.CelParserLibrary ");

  @TempDir Path folder;

  private Set<String> librariesOf(String... arguments) throws Exception {
    Path log = folder.resolve("classes.log");
    Process java =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xlog:class+load:file=" + log,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Policyctl.class.getName()),
                        Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertEquals(1, java.waitFor(), Files.readString(folder.resolve("out")));
    return libraries(log);
  }

  private static Set<String> libraries(Path log) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String line : Files.readAllLines(log)) {
      if (DECLARATIONS.stream().anyMatch(line::contains)) {
        continue;
      }
      LIBRARIES.stream().filter(name -> line.contains(" " + name)).forEach(found::add);
    }
    return found;
  }

  @Test
  void bundledPoliciesNeedNeitherTheCompilerNorYaml() throws Exception {
    Path guest =
        Files.writeString(
            folder.resolve("100.conf"), "scsi0: pool:100/vm-100-disk-0.raw,cache=unsafe,size=1G\n");
    Path storages =
        Files.writeString(folder.resolve("storage.cfg"), "dir: pool\n\tpath /mnt/pool\n");
    assertEquals(
        Set.of("dev.cel.runtime.", "picocli."),
        librariesOf(
            "lint",
            "--fail-on",
            "warning",
            "--storage-cfg",
            storages.toString(),
            guest.toString()));
  }

  @Test
  void aPolicyOfTheUsersIsReadAndCompiled() throws Exception {
    Path guest = Files.writeString(folder.resolve("100.conf"), "name: web\nmemory: 512\n");
    Path policy =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            apiVersion: policyctl.dev/v1alpha1
            kind: StoragePolicy
            metadata: {name: own}
            spec: {title: Own, severity: error, target: guest, validations: [{expression: guest.name == ''}]}
            """);
    assertEquals(
        Set.of(
            "dev.cel.checker.",
            "dev.cel.compiler.",
            "dev.cel.parser.",
            "dev.cel.runtime.",
            "org.antlr.",
            "org.yaml.snakeyaml.",
            "picocli."),
        librariesOf(
            "lint", "--as", "proxmox-qemu", "--policies", policy.toString(), guest.toString()));
  }
}
