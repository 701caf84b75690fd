package dev.policyctl.policy;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.values.NullValue;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link TreeWriter} wrote. */
final class TreeReader {
  private static final CelSource NO_SOURCE = CelSource.newBuilder().build();

  private final DataInputStream in;

  TreeReader(DataInputStream in) {
    this.in = in;
  }

  CelAbstractSyntaxTree read() throws IOException {
    CelExpr root = expression();
    Map<Long, CelReference> references = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      references.put(in.readLong(), reference());
    }
    Map<Long, CelType> types = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      types.put(in.readLong(), type());
    }
    return CelAbstractSyntaxTree.newCheckedAst(root, NO_SOURCE, references, types);
  }

  private CelExpr expression() throws IOException {
    CelExpr.ExprKind.Kind kind = CelExpr.ExprKind.Kind.valueOf(in.readUTF());
    long id = in.readLong();
    return switch (kind) {
      case CONSTANT -> CelExpr.ofConstant(id, constant());
      case IDENT -> CelExpr.ofIdent(id, in.readUTF());
      case SELECT -> CelExpr.ofSelect(id, expression(), in.readUTF(), in.readBoolean());
      case CALL -> call(id);
      case LIST -> CelExpr.ofList(id, expressions(), indices());
      case MAP -> map(id);
      case COMPREHENSION -> comprehension(id);
      case STRUCT, NOT_SET -> throw unknown(kind);
    };
  }

  private ImmutableList<CelExpr> expressions() throws IOException {
    ImmutableList.Builder<CelExpr> expressions = ImmutableList.builder();
    while (in.readBoolean()) {
      expressions.add(expression());
    }
    return expressions.build();
  }

  private ImmutableList<Integer> indices() throws IOException {
    ImmutableList.Builder<Integer> indices = ImmutableList.builder();
    for (int left = in.readInt(); left > 0; left--) {
      indices.add(in.readInt());
    }
    return indices.build();
  }

  private CelExpr call(long id) throws IOException {
    String function = in.readUTF();
    Optional<CelExpr> target = in.readBoolean() ? Optional.of(expression()) : Optional.empty();
    return CelExpr.ofCall(id, target, function, expressions());
  }

  private CelExpr map(long id) throws IOException {
    ImmutableList.Builder<CelExpr.CelMap.Entry> entries = ImmutableList.builder();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(CelExpr.ofMapEntry(in.readLong(), expression(), expression(), in.readBoolean()));
    }
    return CelExpr.ofMap(id, entries.build());
  }

  private CelExpr comprehension(long id) throws IOException {
    return CelExpr.ofComprehension(
        id,
        in.readUTF(),
        in.readUTF(),
        expression(),
        in.readUTF(),
        expression(),
        expression(),
        expression(),
        expression());
  }

  private CelReference reference() throws IOException {
    CelReference.Builder reference = CelReference.newBuilder().setName(in.readUTF());
    for (int left = in.readInt(); left > 0; left--) {
      reference.addOverloadIds(in.readUTF());
    }
    return reference.build();
  }

  private CelConstant constant() throws IOException {
    CelConstant.Kind kind = CelConstant.Kind.valueOf(in.readUTF());
    return switch (kind) {
      case STRING_VALUE -> CelConstant.ofValue(in.readUTF());
      case BOOLEAN_VALUE -> CelConstant.ofValue(in.readBoolean());
      case INT64_VALUE -> CelConstant.ofValue(in.readLong());
      case DOUBLE_VALUE -> CelConstant.ofValue(in.readDouble());
      case NULL_VALUE -> CelConstant.ofValue(NullValue.NULL_VALUE);
      default -> throw unknown(kind);
    };
  }

  private CelType type() throws IOException {
    CelKind kind = CelKind.valueOf(in.readUTF());
    return switch (kind) {
      case BOOL -> SimpleType.BOOL;
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case DYN -> SimpleType.DYN;
      case NULL_TYPE -> SimpleType.NULL_TYPE;
      case STRUCT -> StructTypeReference.create(in.readUTF());
      case LIST -> ListType.create(type());
      case MAP -> MapType.create(type(), type());
      default -> throw unknown(kind);
    };
  }

  private static IllegalStateException unknown(Object found) {
    return new IllegalStateException("the archive is of another build: it has a " + found);
  }
}
