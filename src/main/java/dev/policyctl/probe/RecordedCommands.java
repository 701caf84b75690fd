package dev.policyctl.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Answers from files of a recorded tree: the output of {@code zpool status -LP} is {@code
 * commands/zpool status -LP.txt}. A slash in a word is written as an underscore, and what follows
 * {@code --} is left out: the recording tells of more files or fewer than are asked for.
 */
final class RecordedCommands implements Commands {
  private final Path folder;

  RecordedCommands(Path root) {
    this.folder = root.resolve("commands");
  }

  @Override
  public Output run(List<String> command) {
    int operands = command.indexOf("--");
    List<String> words = operands < 0 ? command : command.subList(0, operands);
    String name = String.join(" ", words).replace('/', '_') + ".txt";
    try {
      return new Output(Ending.SUCCESS, Files.readString(folder.resolve(name)), "");
    } catch (IOException e) {
      return new Output(Ending.MISSING, "", "");
    }
  }
}
