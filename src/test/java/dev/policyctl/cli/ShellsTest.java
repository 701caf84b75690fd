package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.completion.Shell;
import dev.policyctl.testing.Programs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Completion in the real shells; each is skipped where it is not installed. */
final class ShellsTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final CommandLine PROGRAM =
      Policyctl.commandLine(new Terminal(NOWHERE, NOWHERE, false, false, false));

  /** What is typed, for every shell: a program that tells its words, then its completed lines. */
  private static final String TYPED =
      """
      policyctl li\t--form\tjs\tmy\t100\t
      policyctl probe --root exa\t
      policyctl explain unsa\t
      policyctl completion fi\t
      exit
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void writeScripts() throws IOException {
    for (Shell shell : Shell.values()) {
      Files.writeString(
          folder.resolve(shell.fileName()), shell.completion(PROGRAM.getCommandSpec()));
    }
    Files.createDirectories(folder.resolve("my dir"));
    Files.createDirectories(folder.resolve("examples"));
    Files.writeString(folder.resolve("my dir/100.conf"), "");
  }

  @ParameterizedTest
  @EnumSource
  void theShellReadsItsScript(Shell shell) throws InterruptedException {
    Programs.run(folder, shell.word(), "--version");
    Path bad = folder.resolve(shell.fileName());
    String said = Programs.run(folder, "sh", "-c", shell.word() + " -n " + bad + " || echo bad");
    assertEquals("", said);
  }

  private static Set<String> bash(String... words) throws InterruptedException {
    String array =
        Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" ", "(", ")"));
    String script =
        "source ./policyctl.bash; COMP_WORDS="
            + array
            + "; COMP_CWORD="
            + (words.length - 1)
            + "; _policyctl; printf '%s\\n' \"${COMPREPLY[@]}\"";
    return lines(Programs.run(folder, "bash", "--norc", "-c", script));
  }

  private static Set<String> fish(String typed) throws InterruptedException {
    String script = "source policyctl.fish; complete -C'" + typed + "'";
    return lines(Programs.run(folder, "fish", "--no-config", "-c", script)).stream()
        .map(line -> line.split("\t", -1)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> lines(String text) {
    return text.lines().filter(line -> !line.isEmpty()).collect(Collectors.toSet());
  }

  @Test
  void everyCommandIsOffered() throws InterruptedException {
    Set<String> commands = PROGRAM.getSubcommands().keySet();
    assertTrue(commands.size() > 7);
    assertEquals(commands, bash("policyctl", ""));
    assertEquals(commands, fish("policyctl "));
  }

  private static Map<String, Set<String>> options(CommandLine command, String path) {
    Map<String, Set<String>> all = new TreeMap<>();
    all.put(
        path,
        command.getCommandSpec().options().stream()
            .flatMap(option -> Stream.of(option.names()))
            .collect(Collectors.toSet()));
    command
        .getSubcommands()
        .forEach((name, child) -> all.putAll(options(child, (path + " " + name).strip())));
    return all;
  }

  @Test
  void everyOptionOfEveryCommandIsOffered() throws InterruptedException {
    for (Map.Entry<String, Set<String>> entry : options(PROGRAM, "").entrySet()) {
      String typed = ("policyctl " + entry.getKey()).strip() + " -";
      assertEquals(entry.getValue(), bash(typed.split(" ", -1)), typed);
    }
  }

  @Test
  void everyLongOptionIsOfferedInFish() throws InterruptedException {
    for (Map.Entry<String, Set<String>> entry : options(PROGRAM, "").entrySet()) {
      Set<String> expected = new TreeSet<>(entry.getValue());
      expected.removeIf(name -> !name.startsWith("--"));
      String typed = ("policyctl " + entry.getKey()).strip() + " --";
      assertEquals(expected, fish(typed), typed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'lint --format ',           text json sarif github gitlab junit html",
    "'lint --format j',          json junit",
    "'lint --fail-on ',          error warning info",
    "'inspect --as libvirt-d',   libvirt-domain",
    "'inspect --format ',        text json",
    "'explain unsafe',           unsafe-cache",
    "'explain volume.io.',       volume.io.direct volume.io.opener volume.io.possible",
    "'completion ',              bash zsh fish",
    "'serve --when-overloaded ', warn deny",
    "'lint --host ',             ''"
  })
  void wordsAreOffered(String typed, String expected) throws InterruptedException {
    Set<String> words = lines(expected.replace(' ', '\n'));
    String line = "policyctl " + typed;
    assertEquals(words, bash(line.split(" ", -1)), line);
    assertEquals(words, fish(line), line);
  }

  @Test
  void aValueBehindAnEqualsSignIsCompleted() throws InterruptedException {
    assertEquals(Set.of("json", "junit"), bash("policyctl", "lint", "--format", "=", "j"));
    assertEquals(7, bash("policyctl", "lint", "--format", "=").size());
    assertEquals(Set.of("--format=json", "--format=junit"), fish("policyctl lint --format=j"));
  }

  private static String typedInto(String shell, String before) throws Exception {
    Programs.run(folder, shell.split(" ", -1)[0], "--version");
    Files.writeString(folder.resolve("keys"), before + TYPED);
    return Programs.run(
        folder,
        "sh",
        "-c",
        "TERM=xterm INPUTRC=/dev/null script -qec '" + shell + "' /dev/null < keys");
  }

  @Test
  void bashCompletesWhatIsTyped() throws Exception {
    String seen =
        typedInto(
            "bash --norc -i",
            "policyctl() { printf '<%s>' \"$@\"; echo; }\nsource ./policyctl.bash\n");
    assertTrue(seen.contains("<lint><--format><json><my dir/100.conf>"), seen);
    assertTrue(seen.contains("<probe><--root><examples/>"), seen);
    assertTrue(seen.contains("<explain><unsafe-cache>"), seen);
    assertTrue(seen.contains("<completion><fish>"), seen);
  }

  @Test
  void zshCompletesWhatIsTyped() throws Exception {
    String begin =
        "policyctl() { printf '<%s>' \"$@\"; echo; }\nautoload -Uz compinit; compinit -D -u\n";
    for (String use : List.of("", "source ./_policyctl\n")) {
      String fpath = use.isEmpty() ? "fpath=(\"$PWD\" $fpath)\n" : "";
      String seen = typedInto("zsh -f -i", fpath + begin + use);
      assertTrue(seen.contains("<lint><--format=json><my dir/100.conf>"), seen);
      assertTrue(seen.contains("<probe><--root><examples>"), seen);
      assertTrue(seen.contains("<explain><unsafe-cache>"), seen);
      assertTrue(seen.contains("<completion><fish>"), seen);
    }
  }

  @Test
  void filesAreOfferedWhereFilesStand() throws InterruptedException {
    assertEquals(Set.of("my dir/"), fish("policyctl lint my"));
    assertEquals(Set.of("my dir/"), fish("policyctl lint --facts my"));
    assertEquals(Set.of("examples/"), fish("policyctl test exa"));
    assertEquals(Set.of(), fish("policyctl serve exa"));
  }
}
