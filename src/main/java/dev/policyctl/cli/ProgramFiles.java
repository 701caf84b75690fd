package dev.policyctl.cli;

import dev.policyctl.completion.Shell;
import dev.policyctl.manual.ManualPage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What comes with an installed program beside it; the build writes it. */
public final class ProgramFiles {
  private ProgramFiles() {}

  /**
   * Writes {@code completions} and {@code man}.
   *
   * @param args the folder for both, the version, and the day of the build, of which a time may be
   *     the rest
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    String day = args[2].substring(0, "2026-11-24".length());
    write(folder.resolve("completions"), completions());
    write(folder.resolve("man"), manual(args[1], day));
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  static Map<String, String> completions() {
    Map<String, String> all = new LinkedHashMap<>();
    for (Shell shell : Shell.values()) {
      all.put(shell.fileName(), shell.completion(program()));
    }
    return all;
  }

  static Map<String, String> manual(String version, String day) {
    return ManualPage.all(program(), version, day);
  }

  private static CommandSpec program() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Policyctl.commandLine(new Terminal(nowhere, nowhere, false, false, false))
        .getCommandSpec();
  }
}
