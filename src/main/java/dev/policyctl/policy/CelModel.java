package dev.policyctl.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.policyctl.model.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The model as CEL sees it: a struct type for each scope and for each group of fields in one. */
final class CelModel {
  /** The name under which a policy's variables are seen. */
  static final String VARIABLES = "variables";

  private static final int MAX_EXPRESSION = 10_000;
  private static final int MAX_ITERATIONS = 10_000;
  private static final int MAX_REGEX_PROGRAM = 2_000;
  private static final String TYPE_PREFIX = "policyctl.";

  /** Bounds on what one expression may cost; the same when it is compiled and when it runs. */
  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableUnknownTracking(true)
          .enableHeterogeneousNumericComparisons(true) // CEL's planner refuses to do without.
          .maxExpressionCodePointSize(MAX_EXPRESSION)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX_PROGRAM)
          .build();

  private final Map<String, StructType> types = new LinkedHashMap<>();

  private CelModel() {}

  static CelModel create() {
    CelModel model = new CelModel();
    for (Field.Scope scope : Field.Scope.values()) {
      Node root = new Node();
      Field.all().stream().filter(field -> field.scope() == scope).forEach(root::add);
      model.define(scope.word(), root);
    }
    return model;
  }

  /** The struct type of a scope. */
  StructType type(Field.Scope scope) {
    return type(scope.word());
  }

  private StructType type(String path) {
    return types.get(TYPE_PREFIX + path);
  }

  /** A field, or a group of them by name. */
  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private Optional<Field<?>> field = Optional.empty();

    void add(Field<?> added) {
      Node node = this;
      for (String part : added.name().split("\\.", -1)) {
        node = node.children.computeIfAbsent(part, key -> new Node());
      }
      node.field = Optional.of(added);
    }
  }

  private StructType define(String path, Node node) {
    Map<String, CelType> fields = new LinkedHashMap<>();
    node.children.forEach(
        (name, child) ->
            fields.put(
                name,
                child.field.map(CelModel::type).orElseGet(() -> define(path + "." + name, child))));
    return struct(types, path, fields);
  }

  private static StructType struct(
      Map<String, StructType> types, String path, Map<String, CelType> fields) {
    String name = TYPE_PREFIX + path;
    ImmutableMap<String, CelType> byName = ImmutableMap.copyOf(fields);
    StructType type =
        StructType.create(name, byName.keySet(), field -> Optional.ofNullable(byName.get(field)));
    types.put(name, type);
    return type;
  }

  private static CelType type(Field<?> field) {
    return switch (field.type()) {
      case STRING -> SimpleType.STRING;
      case BOOLEAN -> SimpleType.BOOL;
      case LIST -> ListType.create(SimpleType.STRING);
    };
  }

  CelTypeProvider types() {
    return new Types(ImmutableMap.copyOf(types));
  }

  /** The model's types and a struct of variables beside them. */
  CelTypeProvider typesWith(Map<String, CelType> variables) {
    Map<String, StructType> all = new LinkedHashMap<>(types);
    struct(all, VARIABLES, variables);
    return new Types(ImmutableMap.copyOf(all));
  }

  /** The struct type of the variables that {@link #typesWith} was given. */
  static StructType variablesType(CelTypeProvider types) {
    return (StructType) types.findType(TYPE_PREFIX + VARIABLES).orElseThrow();
  }

  private record Types(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(byName.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }
}
