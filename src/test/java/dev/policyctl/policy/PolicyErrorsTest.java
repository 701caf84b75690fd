package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of policies that are wrong: {@code CASE.yaml} and {@code CASE.error.txt}. */
final class PolicyErrorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/policy-errors");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatIsWrongAndWhere(Path file) throws IOException {
    String name = file.getFileName().toString();
    String actual = rendered(problems(SourceText.decode(name, Files.readAllBytes(file))));
    Path golden = FOLDER.resolve(name.replace(".yaml", ".error.txt"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
    }
    assertEquals(Files.readString(golden), actual);
  }

  private static List<Problem> problems(SourceText source) {
    PolicyReader.Result read = PolicyReader.read(source);
    List<Problem> problems = new ArrayList<>(read.problems());
    PolicyCompiler compiler = new PolicyCompiler();
    read.policies().forEach(policy -> problems.addAll(compiler.compile(policy).problems()));
    return problems;
  }

  private static String rendered(List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(problem.at()).append(": ").append(problem.severity().word());
      text.append(": ").append(problem.message()).append('\n');
      if (!problem.help().isEmpty()) {
        text.append("  help: ").append(problem.help()).append('\n');
      }
    }
    return text.toString();
  }
}
