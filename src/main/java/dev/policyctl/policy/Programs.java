package dev.policyctl.policy;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelContainer;
import dev.cel.common.exceptions.CelOverloadNotFoundException;
import dev.cel.common.types.DefaultTypeProvider;
import dev.cel.common.values.CelValueConverter;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.DefaultDispatcher;
import dev.cel.runtime.InternalCelFunctionBinding;
import dev.cel.runtime.Program;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.planner.ProgramPlanner;
import dev.cel.runtime.standard.AddOperator;
import dev.cel.runtime.standard.CelStandardFunction;
import dev.cel.runtime.standard.ContainsFunction;
import dev.cel.runtime.standard.EndsWithFunction;
import dev.cel.runtime.standard.EqualsOperator;
import dev.cel.runtime.standard.GreaterOperator;
import dev.cel.runtime.standard.InOperator;
import dev.cel.runtime.standard.LessOperator;
import dev.cel.runtime.standard.LogicalNotOperator;
import dev.cel.runtime.standard.MatchesFunction;
import dev.cel.runtime.standard.NotEqualsOperator;
import dev.cel.runtime.standard.NotStrictlyFalseFunction;
import dev.cel.runtime.standard.SizeFunction;
import dev.cel.runtime.standard.StartsWithFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes checked trees ready to run. A runtime with all of CEL's functions builds protobuf's
 * descriptors before it can run anything, which is a quarter of a start; most expressions know
 * strings, booleans and lists alone. So there is a planner with the functions of these, and the
 * whole runtime for expressions that use another, made when the first of them is met. Thread-safe.
 */
final class Programs {
  private static final ProgramPlanner PLANNER = planner();

  /** The whole runtime, made when somebody asks for it. */
  private static final class Whole {
    private static final CelRuntime RUNTIME =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(CelModel.OPTIONS)
            .addLibraries(CelExtensions.strings())
            .build();
  }

  private Programs() {}

  static Program of(CelAbstractSyntaxTree tree) throws CelEvaluationException {
    Optional<Program> common = ofCommonFunctions(tree);
    return common.isPresent() ? common.get() : Whole.RUNTIME.createProgram(tree);
  }

  /** Empty when the expression uses a function that needs the whole runtime. */
  static Optional<Program> ofCommonFunctions(CelAbstractSyntaxTree tree)
      throws CelEvaluationException {
    try {
      return Optional.of(PLANNER.plan(tree));
    } catch (CelEvaluationException e) {
      if (e.getCause() instanceof CelOverloadNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static ProgramPlanner planner() {
    return ProgramPlanner.newPlanner(
        DefaultTypeProvider.getInstance(),
        (structType, fields) -> Optional.empty(),
        dispatcher(),
        CelValueConverter.getDefaultInstance(),
        CelContainer.ofName(""),
        CelModel.OPTIONS,
        ImmutableSet.of());
  }

  // Each with all its overloads: where one lacked, a run would fail that the planner let pass.
  private static List<CelStandardFunction> functions() {
    return List.of(
        EqualsOperator.create(),
        NotEqualsOperator.create(),
        LogicalNotOperator.create(),
        NotStrictlyFalseFunction.create(),
        InOperator.create(),
        AddOperator.create(),
        SizeFunction.create(),
        GreaterOperator.create(),
        LessOperator.create(),
        ContainsFunction.create(),
        StartsWithFunction.create(),
        EndsWithFunction.create(),
        MatchesFunction.create());
  }

  private static DefaultDispatcher dispatcher() {
    RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), CelModel.OPTIONS);
    DefaultDispatcher.Builder dispatcher = DefaultDispatcher.newBuilder();
    for (CelStandardFunction function : functions()) {
      for (CelFunctionBinding binding : function.newFunctionBindings(CelModel.OPTIONS, equality)) {
        add(dispatcher, binding);
      }
    }
    join().forEach(binding -> add(dispatcher, binding));
    return dispatcher.build();
  }

  /**
   * The one function of CEL's strings library that messages use; the library has no part of its own
   * for it.
   */
  private static Set<CelFunctionBinding> join() {
    return CelFunctionBinding.fromOverloads(
        "join",
        CelFunctionBinding.from("list_join", List.class, words -> joined(words, "")),
        CelFunctionBinding.from("list_join_string", List.class, String.class, Programs::joined));
  }

  private static String joined(List<?> words, String separator) {
    return Joiner.on(separator).join(words);
  }

  private static void add(DefaultDispatcher.Builder dispatcher, CelFunctionBinding binding) {
    dispatcher.addOverload(
        nameOf(binding),
        binding.getOverloadId(),
        binding.getArgTypes(),
        binding.isStrict(),
        binding.getDefinition());
  }

  private static String nameOf(CelFunctionBinding binding) {
    return binding instanceof InternalCelFunctionBinding named
        ? named.getFunctionName()
        : binding.getOverloadId();
  }
}
