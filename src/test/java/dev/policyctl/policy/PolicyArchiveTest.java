package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.common.collect.Maps;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelTypes;
import dev.policyctl.cli.BundledPolicies;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an archive gives back is what the compiler makes of the YAML. */
final class PolicyArchiveTest {
  private static final int SUBJECTS = 300;
  private static final List<String> WORDS =
      List.of(
          "",
          "btrfs",
          "zfs",
          "hypervisor",
          "loop",
          "process",
          "inPlace",
          "verified",
          "refused",
          "buffered",
          "native",
          "unsafe",
          "file",
          "tank",
          "args");

  private static final List<CheckedPolicy> COMPILED = compiled();

  private record Pair(CheckedPolicy compiled, CheckedPolicy read) {
    @Override
    public String toString() {
      return compiled.policy().name();
    }
  }

  private static List<CheckedPolicy> compiled() {
    try {
      return BundledPolicies.compile(Path.of("policies"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<CheckedPolicy> throughArchive(List<CheckedPolicy> policies) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PolicyArchive.write(policies, out);
      return PolicyArchive.read(new ByteArrayInputStream(out.toByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Pair> bundled() {
    List<CheckedPolicy> read = throughArchive(COMPILED);
    return Stream.iterate(0, i -> i < COMPILED.size(), i -> i + 1)
        .map(i -> new Pair(COMPILED.get(i), read.get(i)));
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void keepsEveryTextPlaceAndTree(Pair pair) {
    assertEquals(described(pair.compiled()), described(pair.read()));
  }

  private static String described(CheckedPolicy checked) {
    Policy policy = checked.policy();
    List<String> lines = new ArrayList<>();
    lines.add(policy.name() + " " + policy.title() + " " + policy.severity());
    lines.add(policy.description() + policy.references() + policy.target() + policy.help());
    lines.add(policy.admission() + " " + policy.at());
    policy.matchConditions().forEach(c -> lines.add(c.name() + described(c.expression())));
    policy.variables().forEach(v -> lines.add(v.name() + described(v.expression())));
    for (Policy.Validation validation : policy.validations()) {
      lines.add(described(validation.expression()) + validation.message());
      validation.messageExpression().ifPresent(better -> lines.add(described(better)));
    }
    for (Policy.Fix fix : policy.fixes()) {
      lines.add(fix.title() + fix.safety() + fix.set() + fix.steps());
      fix.when().ifPresent(when -> lines.add(described(when)));
    }
    checked.matchConditions().forEach(c -> lines.add(described(c)));
    checked.variables().forEach(v -> lines.add(described(v)));
    for (CheckedPolicy.CheckedValidation validation : checked.validations()) {
      lines.add(described(validation.condition()));
      lines.add(validation.message().map(PolicyArchiveTest::described).orElse("-"));
    }
    checked.whens().forEach(when -> lines.add(when.map(w -> described(w)).orElse("-")));
    return String.join("\n", lines);
  }

  private static String described(Expression expression) {
    StringBuilder places = new StringBuilder(" " + expression.where() + " " + expression.text());
    places.append(expression.location());
    for (int i = 0; i <= expression.text().length(); i++) {
      places.append(' ').append(expression.origin().location(i));
    }
    return places.toString();
  }

  private static String described(CheckedPolicy.Checked checked) {
    CelAbstractSyntaxTree tree = checked.ast();
    return described(checked.expression())
        + tree.getExpr()
        + new TreeMap<>(tree.getReferenceMap())
        + new TreeMap<>(Maps.transformValues(tree.getTypeMap(), CelTypes::format));
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void judgesAndSpeaksAlike(Pair pair) {
    CompiledPolicy compiled = new CompiledPolicy(pair.compiled());
    CompiledPolicy read = new CompiledPolicy(pair.read());
    assertEquals(List.copyOf(compiled.reads()), List.copyOf(read.reads()));
    Random random = new Random(pair.toString().hashCode());
    Set<String> verdicts = new TreeSet<>();
    for (int i = 0; i < SUBJECTS; i++) {
      Values values = subject(compiled.policy().target(), random);
      verdicts.add(Subjects.words(compiled.judge(values)));
      assertEquals(answers(compiled, values), answers(read, values));
    }
    assertEquals(true, verdicts.contains("pass") && verdicts.size() > 1, verdicts.toString());
  }

  private static List<Object> answers(CompiledPolicy policy, Values values) {
    Judgement judgement = policy.judge(values);
    List<Object> answers = new ArrayList<>();
    answers.add(judgement);
    answers.add(policy.message(values, judgement));
    answers.add(policy.message(values, new Judgement.Fail(0)));
    answers.add(policy.help(values));
    for (Policy.Fix fix : policy.fixes(values)) {
      answers.add(fix.title());
      answers.add(policy.steps(fix, values));
    }
    return answers;
  }

  private static Values subject(Target target, Random random) {
    StringBuilder said = new StringBuilder();
    for (Field<?> field : Field.all()) {
      if (target.sees(field)) {
        boolean isUnknown = field.canBeUnknown() && random.nextInt(12) == 0;
        boolean isFlag = field.type() == Field.Type.BOOLEAN;
        String word = WORDS.get(random.nextInt(WORDS.size()));
        String value = isFlag ? String.valueOf(random.nextInt(4) != 0) : word;
        said.append(' ').append(field.path()).append('=').append(isUnknown ? "?" : value);
      }
    }
    return Subjects.of(target, said.toString());
  }

  @Test
  void theProgramCarriesWhatIsCompiled() {
    PolicySet program = PolicyFiles.load(List.of()).policies();
    List<String> carried = new ArrayList<>();
    for (Target target : Target.values()) {
      program.forTarget(target).forEach(policy -> carried.add(policy.policy().name()));
    }
    assertEquals(
        COMPILED.stream().map(checked -> checked.policy().name()).sorted().toList(),
        carried.stream().sorted().toList());
  }

  @Test
  void anErrorOfEvaluationStandsAtTheSamePlace() {
    Policy policy =
        Subjects.policy(
            """
            title: Broken
            severity: info
            target: guest
            validations:
              - expression: >-
                  guest.bypasses[7] ==
                  'x'
            fixes:
              - {title: Set it, safety: unsafe, set: {guest.name: x}, when: guest.id != ''}
              - {title: Set more, safety: unsafe, set: {guest.bypasses: [a, b]}}
            """);
    CheckedPolicy checked = new PolicyCompiler().compile(policy).policy().orElseThrow();
    CheckedPolicy read = throughArchive(List.of(checked)).get(0);
    assertEquals(described(checked), described(read));
    Values values = Subjects.of(Target.GUEST, "guest.id=1");
    Judgement broken = new CompiledPolicy(read).judge(values);
    assertInstanceOf(Judgement.Broken.class, broken);
    assertEquals(new CompiledPolicy(checked).judge(values), broken);
    assertEquals(Optional.empty(), read.whens().get(1));
  }
}
