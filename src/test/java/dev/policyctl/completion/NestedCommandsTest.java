package dev.policyctl.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Commands below commands, in the real shells. */
final class NestedCommandsTest {
  @TempDir static Path folder;

  private static CommandSpec program() {
    CommandSpec install =
        CommandSpec.create().addOption(OptionSpec.builder("--dry-run").arity("0").build());
    CommandSpec guest =
        CommandSpec.create()
            .addPositional(PositionalParamSpec.builder().index("0").paramLabel("VMID").build())
            .addPositional(
                PositionalParamSpec.builder().index("1").paramLabel("pre-start|post-stop").build());
    CommandSpec hook =
        CommandSpec.create().addSubcommand("install", install).addSubcommand("guest", guest);
    // Its argument is called as a command is.
    CommandSpec show =
        CommandSpec.create()
            .addPositional(PositionalParamSpec.builder().paramLabel("hook|lint").build());
    return CommandSpec.create().addSubcommand("hook", hook).addSubcommand("show", show);
  }

  @BeforeAll
  static void write() throws IOException {
    for (Shell shell : Shell.values()) {
      Files.writeString(folder.resolve(shell.fileName()), shell.completion(program()));
    }
  }

  private static Set<String> bash(String line) throws InterruptedException {
    String words =
        Stream.of(line.split(" ", -1)).map(it -> "'" + it + "'").collect(Collectors.joining(" "));
    String script =
        "source ./policyctl.bash; COMP_WORDS=("
            + words
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _policyctl; printf '%s\\n' \"${COMPREPLY[@]}\"";
    return lines(Programs.run(folder, "bash", "--norc", "-c", script));
  }

  private static Set<String> fish(String line) throws InterruptedException {
    String script = "source policyctl.fish; complete -C'" + line + "'";
    return lines(Programs.run(folder, "fish", "--no-config", "-c", script));
  }

  private static Set<String> lines(String text) {
    return text.lines()
        .map(line -> line.split("\t", -1)[0])
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void commandsBelowCommandsAreOffered() throws InterruptedException {
    assertEquals(Set.of("guest", "install"), bash("policyctl hook "));
    assertEquals(Set.of("--dry-run"), bash("policyctl hook install -"));
    assertEquals(Set.of("post-stop", "pre-start"), bash("policyctl hook guest 100 p"));
    assertEquals(Set.of("hook", "lint"), bash("policyctl show "));
    assertEquals(Set.of(), bash("policyctl show hook -"));
  }

  @Test
  void commandsBelowCommandsAreOfferedInFish() throws InterruptedException {
    assertEquals(Set.of("guest", "install"), fish("policyctl hook "));
    assertEquals(Set.of("--dry-run"), fish("policyctl hook install -"));
    assertEquals(Set.of("post-stop", "pre-start"), fish("policyctl hook guest 100 p"));
    assertEquals(Set.of("hook", "lint"), fish("policyctl show "));
  }

  @Test
  void zshCompletesThem() throws Exception {
    Programs.run(folder, "zsh", "--version");
    Files.writeString(
        folder.resolve("keys"),
        """
        policyctl() { printf '<%s>' "$@"; echo; }
        fpath=("$PWD" $fpath); autoload -Uz compinit; compinit -D -u
        policyctl ho\tins\t--d\t
        policyctl hook gu\t100 po\t
        exit
        """);
    String seen =
        Programs.run(folder, "sh", "-c", "TERM=xterm script -qec 'zsh -f -i' /dev/null < keys");
    assertTrue(seen.contains("<hook><install><--dry-run>"), seen);
    assertTrue(seen.contains("<hook><guest><100><post-stop>"), seen);
  }
}
