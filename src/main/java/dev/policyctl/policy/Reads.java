package dev.policyctl.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.policyctl.model.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one checked expression reads, found without running it.
 *
 * @param paths of fields and, as {@code variables.NAME}, of variables, in the order of first
 *     reading
 * @param wholes ids of the nodes that use a group of fields as a value, which cannot be known or
 *     unknown as one
 */
record Reads(Set<String> paths, List<Long> wholes) {

  static Reads of(CelAbstractSyntaxTree ast) {
    Walk walk = new Walk();
    walk.visit(ast.getExpr());
    return new Reads(Collections.unmodifiableSet(walk.paths), List.copyOf(walk.wholes));
  }

  private static boolean isRoot(String name) {
    return name.equals(CelModel.VARIABLES)
        || Field.all().stream().anyMatch(field -> field.scope().word().equals(name));
  }

  private static final class Walk {
    private final Set<String> paths = new LinkedHashSet<>();
    private final List<Long> wholes = new ArrayList<>();
    private final Deque<String> locals = new ArrayDeque<>();

    void visit(CelExpr expr) {
      switch (expr.getKind()) {
        case SELECT, IDENT -> visitPath(expr);
        case CALL -> {
          expr.call().target().ifPresent(this::visit);
          expr.call().args().forEach(this::visit);
        }
        case LIST -> expr.list().elements().forEach(this::visit);
        case MAP ->
            expr.map()
                .entries()
                .forEach(
                    entry -> {
                      visit(entry.key());
                      visit(entry.value());
                    });
        case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
        case COMPREHENSION -> visitComprehension(expr.comprehension());
        case CONSTANT, NOT_SET -> {}
      }
    }

    private void visitComprehension(CelExpr.CelComprehension loop) {
      visit(loop.iterRange());
      visit(loop.accuInit());
      locals.push(loop.accuVar());
      visit(loop.result());
      locals.push(loop.iterVar());
      locals.push(loop.iterVar2());
      visit(loop.loopCondition());
      visit(loop.loopStep());
      locals.pop();
      locals.pop();
      locals.pop();
    }

    /** A chain of selections down to a name, or to another kind of expression. */
    private void visitPath(CelExpr expr) {
      Deque<String> parts = new ArrayDeque<>();
      CelExpr at = expr;
      while (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
        parts.push(at.select().field());
        at = at.select().operand();
      }
      if (at.getKind() != CelExpr.ExprKind.Kind.IDENT) {
        visit(at);
        return;
      }
      String name = at.ident().name();
      boolean isLocal = locals.contains(name);
      String root = name.startsWith(".") ? name.substring(1) : name;
      if (isLocal || !isRoot(root)) {
        return;
      }
      if (!record(root, List.copyOf(parts))) {
        wholes.add(expr.id());
      }
    }

    /** Whether the path leads to one value. */
    private boolean record(String root, List<String> parts) {
      if (root.equals(CelModel.VARIABLES)) {
        parts.stream().findFirst().ifPresent(name -> paths.add(root + "." + name));
        return !parts.isEmpty();
      }
      String path = root + "." + String.join(".", parts);
      return Field.byPath(path).isPresent() && (paths.contains(path) || paths.add(path));
    }
  }
}
