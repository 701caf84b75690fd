package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.policyctl.cli.BundledPolicies;
import dev.policyctl.policy.CheckedPolicy.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProgramsTest {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(CelModel.OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .build();

  static Stream<CheckedPolicy> bundled() throws IOException {
    return BundledPolicies.compile(Path.of("policies")).stream();
  }

  /** A start with a bundled policy that needs the whole runtime would take a quarter longer. */
  @ParameterizedTest
  @MethodSource("bundled")
  void bundledPoliciesDoWithTheCommonFunctions(CheckedPolicy policy) throws Exception {
    List<Checked> all =
        Stream.of(
                policy.matchConditions(),
                policy.variables(),
                policy.validations().stream().map(v -> v.condition()).toList(),
                policy.validations().stream().flatMap(v -> v.message().stream()).toList(),
                policy.whens().stream().flatMap(Optional::stream).toList())
            .flatMap(List::stream)
            .toList();
    for (Checked checked : all) {
      assertTrue(
          Programs.ofCommonFunctions(checked.ast()).isPresent(), checked.expression().where());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "true  | ['a'].exists(x, x == 'a') && !('b' in ['a']) && size('abc') > 2",
        "true  | 'abc'.matches('^a') && 'abc'.endsWith('c') && 'a' + 'b' == 'ab'",
        "true  | 1 != 2 && [1] + [2] == [1, 2]",
        "false | 'A'.lowerAscii() == 'a'",
        "true  | ['a', 'b'].join('-') == 'a-b' && ['a', 'b'].join() == 'ab' && [].join('-') == ''",
        "false | timestamp('2026-01-01T00:00:00Z') + duration('1h') > timestamp('2025-01-01T00:00:00Z')",
        "false | type(1) == int && 5 % 2 == 1 && int('3') <= 3",
      })
  void comeToTheSameInEitherRuntime(boolean isCommon, String expression) throws Exception {
    CelAbstractSyntaxTree tree = compile(expression);
    assertEquals(isCommon, Programs.ofCommonFunctions(tree).isPresent());
    assertEquals(true, evaluate(tree));
  }

  private static Object evaluate(CelAbstractSyntaxTree tree) throws CelEvaluationException {
    return Programs.of(tree).eval(Map.of());
  }

  private static CelAbstractSyntaxTree compile(String expression) throws CelValidationException {
    return COMPILER.compile(expression).getAst();
  }
}
