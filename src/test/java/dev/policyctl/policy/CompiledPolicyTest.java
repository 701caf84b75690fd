package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompiledPolicyTest {
  private static final String HEAD = "title: Sample title\nseverity: error\ntarget: volume\n";

  private static Values volume(String said) {
    return Subjects.of(Target.VOLUME, said);
  }

  /** M is {@code storage.cow}, V is {@code storage.checksums}; E stands for one that fails. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          false | false | pass
          false | true  | pass
          false | ?     | pass
          false | E     | pass
          true  | true  | pass
          true  | false | fail
          true  | ?     | unknown: storage.checksums
          true  | E     | error
          ?     | true  | pass
          ?     | false | unknown: storage.cow
          ?     | ?     | unknown: storage.cow storage.checksums
          ?     | E     | error
          E     | true  | error
          E     | false | error
          E     | ?     | error
          E     | E     | error
          """)
  void combinesBothSides(String matches, String valid, String expected) {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD
                + "matchConditions: [{name: m, expression: \"%s\"}]\n"
                    .formatted(matches.equals("E") ? "1 / 0 == 1" : "storage.cow")
                + "validations: [{expression: \"%s\"}]"
                    .formatted(valid.equals("E") ? "1 / 0 == 1" : "storage.checksums"));
    String said =
        (matches.equals("E") ? "" : "storage.cow=" + matches)
            + (valid.equals("E") ? "" : " storage.checksums=" + valid);
    assertEquals(expected, Subjects.words(policy.judge(volume(said))));
  }

  @Test
  void tellsTheFieldsBehindVariablesOfVariables() {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD
                + """
                variables:
                  - {name: a, expression: storage.cow && volume.io.direct}
                  - {name: b, expression: "!variables.a"}
                  - {name: unused, expression: storage.redundant}
                validations: [{expression: variables.b}]
                """);
    assertEquals(
        "unknown: storage.cow volume.io.direct",
        Subjects.words(
            policy.judge(volume("storage.cow=? volume.io.direct=? storage.redundant=?"))));
    assertEquals(
        "pass", Subjects.words(policy.judge(volume("storage.cow=? volume.io.direct=false"))));
    assertEquals(List.of(Field.STORAGE_COW, Field.VOLUME_IO_DIRECT), List.copyOf(policy.reads()));
  }

  @Test
  void aVariableThatFailsDoesNoHarmWhereItsValueDoesNotMatter() {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD
                + """
                variables: [{name: first, expression: "storage.profiles[0]"}]
                validations: [{expression: "storage.cow || variables.first == 'dup'"}]
                """);
    assertEquals("pass", Subjects.words(policy.judge(volume("storage.cow=true"))));
    Judgement.Broken broken =
        assertInstanceOf(Judgement.Broken.class, policy.judge(volume("storage.cow=false")));
    assertEquals(
        "`validations[0].expression` of `sample` cannot be evaluated:"
            + " `variables.first`: Index out of bounds: 0",
        broken.problem().message());
    assertEquals("sample.yaml:9:30", broken.problem().at().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '"',
      textBlock =
          """
          [storage.cow]               | variables.v[0]
          [storage.cow]               | variables.v.exists(x, x)
          [storage.cow]               | variables.v.size() == 1 && variables.v[0]
          [true, storage.cow]         | variables.v.all(x, x)
          {'a': storage.cow}          | variables.v.a
          {'a': storage.cow}          | variables.v['a']
          {'a': {'b': storage.cow}}   | variables.v.a.b
          {'a': {'b': storage.cow}}   | has(variables.v.a.b) && variables.v.a.b
          dyn(storage.cow)            | variables.v == true
          storage.cow ? [true] : [false] | variables.v[0]
          string(storage.cow)         | variables.v == 'true'
          """)
  void anUnknownInsideAListOrMapStaysUnknown(String variable, String validation) {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD
                + "variables:\n  - name: v\n    expression: |\n      %s\n".formatted(variable)
                + "validations:\n  - expression: |\n      %s\n".formatted(validation));
    assertEquals("unknown: storage.cow", Subjects.words(policy.judge(volume("storage.cow=?"))));
    assertEquals("pass", Subjects.words(policy.judge(volume("storage.cow=true"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int(volume.key) == 1",
        "volume.key.substring(9) == ''",
        "volume.key.charAt(-1) == ''",
        "timestamp(volume.key) == timestamp(0)",
        "duration(volume.key) == duration('1s')",
        "volume.key.matches(volume.key + '(')",
        "storage.profiles[7] == ''",
        "{'a': 1}[volume.key] == 1",
        "9223372036854775807 + size(volume.key) == 1",
        "volume.key.split('', -9)[99] == ''",
        "dyn(volume.key) + dyn(1) == dyn(2)",
        "dyn(volume.key).io"
      })
  void whatCannotBeEvaluatedIsAProblemAndNoException(String validation) {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD + "validations:\n  - expression: |\n      (%s) == true".formatted(validation));
    assertInstanceOf(Judgement.Broken.class, policy.judge(volume("volume.key=scsi0")));
  }

  @Test
  void namesTheFirstValidationThatDoesNotHold() {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD
                + """
                validations:
                  - {expression: storage.cow, message: one}
                  - {expression: storage.checksums, message: two}
                  - {expression: storage.redundant, message: three}
                """);
    Values values = volume("storage.cow=? storage.checksums=false storage.redundant=false");
    assertEquals(new Judgement.Fail(1), policy.judge(values));
    assertEquals("two", policy.message(values, policy.judge(values)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '"',
      textBlock =
          """
          messageExpression: volume.cache | volume.cache=none      | none
          messageExpression: storage.type | storage.type=?         | sample title
          messageExpression: volume.cache | volume.cache=          | sample title
          messageExpression: "storage.profiles[0]" | volume.cache=   | sample title
          message: plain, messageExpression: storage.type | storage.type=? | plain
          message: plain, messageExpression: storage.type | storage.type=dir | dir
          message: plain                  | volume.cache=          | plain
          messageExpression: "'a\\\\nb'"  | volume.cache=          | a b
          """)
  void fallsBackFromMessageExpressionToMessageToTitle(String keys, String said, String message) {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD + "validations: [{expression: volume.attached, %s}]".formatted(keys));
    Values values = volume(said);
    assertEquals(message, policy.message(values, policy.judge(values)));
  }

  @Test
  void remembersAJudgementByWhatWasReadAndNothingElse() {
    CompiledPolicy policy =
        Subjects.compiled(HEAD + "validations: [{expression: storage.cow || volume.io.direct}]");
    Judgement first = policy.judge(volume("storage.cow=? volume.key=a"));
    assertSame(first, policy.judge(volume("storage.cow=? volume.key=b")));
    assertEquals("fail", Subjects.words(policy.judge(volume("storage.cow=false"))));
    assertEquals("pass", Subjects.words(policy.judge(volume("storage.cow=true"))));
  }

  @Test
  void judgesRightlyPastWhatItCanRemember() {
    CompiledPolicy policy =
        Subjects.compiled(HEAD + "validations: [{expression: volume.key.endsWith('7')}]");
    for (int i = 0; i < 10_500; i++) {
      String expected = i % 10 == 7 ? "pass" : "fail";
      assertEquals(expected, Subjects.words(policy.judge(volume("volume.key=" + i))));
    }
  }

  @Test
  void endsALoopThatGoesOnForLong() {
    String list = "[0,1,2,3,4,5,6,7,8,9]";
    StringBuilder loop = new StringBuilder("true");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      loop.insert(0, list + ".all(" + name + ", ").append(')');
    }
    CompiledPolicy policy =
        Subjects.compiled(HEAD + "validations:\n  - expression: |\n      " + loop);
    Judgement.Broken broken = assertInstanceOf(Judgement.Broken.class, policy.judge(volume("")));
    assertTrue(broken.problem().message().contains("Iteration budget"), broken.toString());
  }

  @Test
  void aLocalNameMayHideAPartOfTheModel() {
    CompiledPolicy policy =
        Subjects.compiled(
            HEAD + "validations: [{expression: \"['a'].exists(volume, volume == 'a')\"}]");
    assertEquals("pass", Subjects.words(policy.judge(volume(""))));
    assertTrue(policy.reads().isEmpty());
  }
}
