package dev.policyctl.cli;

import dev.policyctl.policy.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A policy's folder: its {@code policy.yaml} and its examples by expected verdict. */
record PolicyFolder(Path folder) {
  static final String FILE_NAME = "policy.yaml";

  /** The folder itself when it is a policy's, else those directly in it, by name. */
  static List<PolicyFolder> at(Path directory) throws IOException {
    if (Files.exists(directory.resolve(FILE_NAME))) {
      return List.of(new PolicyFolder(directory));
    }
    return list(directory).stream()
        .filter(entry -> Files.exists(entry.resolve(FILE_NAME)))
        .map(PolicyFolder::new)
        .toList();
  }

  Path policy() {
    return folder.resolve(FILE_NAME);
  }

  /** The examples that must come to this verdict, by name. */
  List<Path> of(Verdict expected) throws IOException {
    Path examples = folder.resolve(expected.word());
    return Files.isDirectory(examples) ? list(examples) : List.of();
  }

  /** Folders that are named for no verdict: nothing in them is judged. */
  List<Path> strangers() throws IOException {
    List<String> verdicts = Arrays.stream(Verdict.values()).map(Verdict::word).toList();
    return list(folder).stream()
        .filter(Files::isDirectory)
        .filter(entry -> !verdicts.contains(entry.getFileName().toString()))
        .toList();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(e -> !e.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}
