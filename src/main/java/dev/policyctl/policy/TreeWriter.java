package dev.policyctl.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Writes the checked trees of an archive, in the order in which {@link TreeReader} reads them. CEL
 * has a form of its own for them, whose reader builds the descriptors of all of protobuf first and
 * was a fifth of a start. Positions in the expression are left out: nobody asks a tree that runs
 * for them.
 */
final class TreeWriter {
  private final DataOutputStream out;

  TreeWriter(DataOutputStream out) {
    this.out = out;
  }

  void write(CelAbstractSyntaxTree tree) throws IOException {
    expression(tree.getExpr());
    out.writeInt(tree.getReferenceMap().size());
    for (Map.Entry<Long, CelReference> entry : tree.getReferenceMap().entrySet()) {
      out.writeLong(entry.getKey());
      reference(entry.getValue());
    }
    out.writeInt(tree.getTypeMap().size());
    for (Map.Entry<Long, CelType> entry : tree.getTypeMap().entrySet()) {
      out.writeLong(entry.getKey());
      type(entry.getValue());
    }
  }

  private void expression(CelExpr expr) throws IOException {
    out.writeUTF(expr.getKind().name());
    out.writeLong(expr.id());
    switch (expr.getKind()) {
      case CONSTANT -> constant(expr.constant());
      case IDENT -> out.writeUTF(expr.ident().name());
      case SELECT -> {
        expression(expr.select().operand());
        out.writeUTF(expr.select().field());
        out.writeBoolean(expr.select().testOnly());
      }
      case CALL -> call(expr.call());
      case LIST -> {
        expressions(expr.list().elements());
        out.writeInt(expr.list().optionalIndices().size());
        for (int index : expr.list().optionalIndices()) {
          out.writeInt(index);
        }
      }
      case MAP -> map(expr.map());
      case COMPREHENSION -> comprehension(expr.comprehension());
      case STRUCT, NOT_SET -> throw unknown("expression", expr.getKind());
    }
  }

  private void expressions(Iterable<CelExpr> expressions) throws IOException {
    for (CelExpr expr : expressions) {
      out.writeBoolean(true);
      expression(expr);
    }
    out.writeBoolean(false);
  }

  private void call(CelExpr.CelCall call) throws IOException {
    out.writeUTF(call.function());
    out.writeBoolean(call.target().isPresent());
    if (call.target().isPresent()) {
      expression(call.target().get());
    }
    expressions(call.args());
  }

  private void map(CelExpr.CelMap map) throws IOException {
    out.writeInt(map.entries().size());
    for (CelExpr.CelMap.Entry entry : map.entries()) {
      out.writeLong(entry.id());
      expression(entry.key());
      expression(entry.value());
      out.writeBoolean(entry.optionalEntry());
    }
  }

  private void comprehension(CelExpr.CelComprehension loop) throws IOException {
    out.writeUTF(loop.iterVar());
    out.writeUTF(loop.iterVar2());
    expression(loop.iterRange());
    out.writeUTF(loop.accuVar());
    expression(loop.accuInit());
    expression(loop.loopCondition());
    expression(loop.loopStep());
    expression(loop.result());
  }

  private void reference(CelReference reference) throws IOException {
    if (reference.value().isPresent()) {
      throw unknown("reference", reference);
    }
    out.writeUTF(reference.name());
    out.writeInt(reference.overloadIds().size());
    for (String id : reference.overloadIds()) {
      out.writeUTF(id);
    }
  }

  private void constant(CelConstant constant) throws IOException {
    out.writeUTF(constant.getKind().name());
    switch (constant.getKind()) {
      case STRING_VALUE -> out.writeUTF(constant.stringValue());
      case BOOLEAN_VALUE -> out.writeBoolean(constant.booleanValue());
      case INT64_VALUE -> out.writeLong(constant.int64Value());
      case DOUBLE_VALUE -> out.writeDouble(constant.doubleValue());
      case NULL_VALUE -> {}
      default -> throw unknown("constant", constant.getKind());
    }
  }

  private void type(CelType type) throws IOException {
    out.writeUTF(type.kind().name());
    switch (type.kind()) {
      case BOOL, STRING, INT, DOUBLE, DYN, NULL_TYPE -> {}
      case STRUCT -> out.writeUTF(type.name());
      case LIST -> type(type.parameters().get(0));
      case MAP -> {
        type(type.parameters().get(0));
        type(type.parameters().get(1));
      }
      default -> throw unknown("type", type);
    }
  }

  private static IllegalStateException unknown(String what, Object found) {
    return new IllegalStateException("the archive has no form for the " + what + " " + found);
  }
}
