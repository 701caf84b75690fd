package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Field;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.policy.Verdict;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example beside a policy holds, of the bundled policies and of those that we document. */
final class PolicyExamplesTest {
  private static final List<Path> FOLDERS =
      List.of(Path.of("policies"), Path.of("examples/policies"));

  private static List<PolicyFolder> folders() throws IOException {
    List<PolicyFolder> folders = new ArrayList<>();
    for (Path folder : FOLDERS) {
      folders.addAll(PolicyFolder.at(folder));
    }
    return folders;
  }

  private static CompiledPolicy compiled(PolicyFolder folder) throws IOException {
    String text = Files.readString(folder.policy());
    Policy policy =
        PolicyReader.read(SourceText.of(folder.policy().toString(), text)).policies().get(0);
    return new CompiledPolicy(new PolicyCompiler().compile(policy).policy().orElseThrow());
  }

  @TestFactory
  List<DynamicTest> everyExampleHolds() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (PolicyFolder folder : folders()) {
      CompiledPolicy policy = compiled(folder);
      for (Verdict verdict : Verdict.values()) {
        for (Path example : folder.of(verdict)) {
          tests.add(
              DynamicTest.dynamicTest(
                  example.toString(), () -> assertHolds(policy, verdict, example)));
        }
      }
    }
    assertFalse(tests.isEmpty());
    return tests;
  }

  private static void assertHolds(CompiledPolicy policy, Verdict expected, Path example)
      throws IOException {
    ExampleJudge.Result result = ExampleJudge.judge(policy, example);
    assertEquals(List.of(), result.problems());
    assertTrue(
        result.holds(expected),
        () -> "expected " + expected.word() + ":\n" + String.join("\n", result.details()));
  }

  @TestFactory
  Stream<DynamicTest> everyPolicyHasAnExampleOfEachVerdictThatItCanComeTo() throws IOException {
    return folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.folder().toString(), () -> assertComplete(folder)));
  }

  private static void assertComplete(PolicyFolder folder) throws IOException {
    CompiledPolicy policy = compiled(folder);
    assertEquals(folder.folder().getFileName().toString(), policy.policy().name());
    assertEquals(List.of(), folder.strangers());
    assertFalse(folder.of(Verdict.PASS).isEmpty(), "no example in pass/");
    assertFalse(folder.of(Verdict.FAIL).isEmpty(), "no example in fail/");
    boolean canBeUnknown = policy.reads().stream().anyMatch(Field::canBeUnknown);
    assertEquals(canBeUnknown, !folder.of(Verdict.UNKNOWN).isEmpty(), "examples in unknown/");
  }
}
