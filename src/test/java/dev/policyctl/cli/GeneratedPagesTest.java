package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.policy.Verdict;
import dev.policyctl.report.ModelPage;
import dev.policyctl.report.PolicyExample;
import dev.policyctl.report.PolicyPage;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The generated pages of the documentation are those that are committed. */
final class GeneratedPagesTest {
  private static final Path PAGES = Path.of("docs/policies");
  private static final PolicySet POLICIES = PolicyFiles.load(List.of()).policies();

  @TestFactory
  Stream<DynamicTest> pageOfEachPolicyIsUpToDate() {
    return POLICIES.all().stream()
        .map(
            policy ->
                DynamicTest.dynamicTest(
                    policy.name(),
                    () ->
                        GeneratedFile.assertIs(
                            PAGES.resolve(policy.name() + ".md"), page(policy))));
  }

  @Test
  void tableOfPoliciesIsUpToDate() throws IOException {
    GeneratedFile.assertIs(PAGES.resolve("README.md"), PolicyPage.index(POLICIES.all()));
  }

  @Test
  void pageOfTheModelIsUpToDate() throws IOException {
    GeneratedFile.assertIs(Path.of("docs/guide/model.md"), ModelPage.text());
  }

  @Test
  void noPageIsLeftOfAPolicyThatIsGone() throws IOException {
    Files.createDirectories(PAGES);
    Set<String> expected = new TreeSet<>(Set.of("README.md"));
    POLICIES.all().forEach(policy -> expected.add(policy.name() + ".md"));
    try (Stream<Path> pages = Files.list(PAGES)) {
      Set<String> found = new TreeSet<>();
      pages.forEach(page -> found.add(page.getFileName().toString()));
      assertEquals(expected, found);
    }
  }

  private static String page(Policy policy) throws IOException {
    PolicyFolder folder = new PolicyFolder(Path.of("policies", policy.name()));
    List<PolicyExample> examples = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      for (Path example : folder.of(verdict)) {
        examples.add(new PolicyExample(verdict, example.getFileName().toString(), texts(example)));
      }
    }
    return PolicyPage.of(policy, examples, "../../policies/" + policy.name());
  }

  private static SortedMap<String, String> texts(Path example) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(example)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(example.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
