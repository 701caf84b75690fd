package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.probe.Commands.Ending;
import dev.policyctl.probe.Commands.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InodeFlagsTest {
  private static final String NOCOW = "---------------C------";
  private static final String NONE = "----------------------";

  private final List<List<String>> batches = new ArrayList<>();

  private Output lsattr(List<String> command) {
    List<String> paths = command.subList(command.indexOf("--") + 1, command.size());
    batches.add(paths);
    StringBuilder out = new StringBuilder();
    paths.forEach(
        path ->
            out.append(path.contains("nocow") ? NOCOW : NONE)
                .append(' ')
                .append(path)
                .append('\n'));
    return new Output(Ending.SUCCESS, out.toString(), "");
  }

  @Test
  void asksForManyFilesInFewBoundedCommands() {
    List<String> paths =
        IntStream.range(0, 2000).mapToObj(i -> "/mnt/" + "d".repeat(100) + "/nocow" + i).toList();
    InodeFlags flags = InodeFlags.read(this::lsattr, paths);
    assertEquals(4, batches.size());
    assertTrue(
        batches.stream().allMatch(b -> b.stream().mapToInt(String::length).sum() <= 64 << 10));
    assertTrue(paths.stream().allMatch(path -> flags.has(path, 'C').orElse(false)));
  }

  @Test
  void understandsNamesWithBlanksAndLineFeeds() {
    List<String> paths = List.of("/a b", "/x\n" + NOCOW + " /a b", "/nocow\ny", "/z");
    InodeFlags flags = InodeFlags.read(this::lsattr, paths);
    assertEquals(Optional.of(false), flags.has("/a b", 'C'));
    assertEquals(Optional.of(true), flags.has("/nocow\ny", 'C'));
    assertEquals(Optional.of(false), flags.has("/z", 'C'));
  }

  @Test
  void neverGuessesTheFlagsOfAFileThatIsNotTold() {
    Output partly =
        new Output(
            Ending.FAILURE,
            NOCOW + " /a\n",
            "lsattr: Operation not supported While reading flags on /b\n");
    InodeFlags flags = InodeFlags.read(command -> partly, List.of("/a", "/b"));
    assertEquals(Optional.of(true), flags.has("/a", 'C'));
    assertEquals(Optional.empty(), flags.has("/b", 'C'));
    assertEquals(
        "`lsattr` failed: lsattr: Operation not supported While reading flags on /b",
        flags.trouble("/b"));
  }
}
