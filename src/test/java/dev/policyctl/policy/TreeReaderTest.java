package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree that was written and read again is the one that was written. */
final class TreeReaderTest {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .addVar("name", SimpleType.STRING)
          .addVar("words", ListType.create(SimpleType.STRING))
          .addVar("group", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "1 + 2 == 3 && 0.5 < 1.5",
        "null == null",
        "name == 'ä\\u0000\"' || name.matches('^a+$')",
        "name in ['x', 'y'] ? words.join(', ') : name.lowerAscii()",
        "words.exists(w, words.all(v, v != w)) && words.map(w, w + '!').size() > 0",
        "has(group.key) && group.key == {'a': 1}.a",
        "group['x'].y.z == dyn(1)",
      })
  void isTheOneThatWasWritten(String expression) throws Exception {
    CelAbstractSyntaxTree written = compile(expression);
    ByteArrayInputStream bytes = new ByteArrayInputStream(write(written));
    CelAbstractSyntaxTree read = new TreeReader(new DataInputStream(bytes)).read();
    assertEquals(written.getExpr(), read.getExpr());
    assertEquals(written.getReferenceMap(), read.getReferenceMap());
    assertEquals(written.getTypeMap(), read.getTypeMap());
    assertEquals(0, bytes.available(), "what is left");
  }

  @Test
  void refusesWhatItHasNoFormFor() throws Exception {
    CelAbstractSyntaxTree tree = compile("type(name) == string");
    String message = assertThrows(IllegalStateException.class, () -> write(tree)).getMessage();
    assertTrue(message.startsWith("the archive has no form for the type "), message);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    byte[] bytes = "\0\7NOT_SET\0\0\0\0\0\0\0\1".getBytes(StandardCharsets.US_ASCII);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    assertThrows(IllegalStateException.class, () -> new TreeReader(in).read());
  }

  private static CelAbstractSyntaxTree compile(String expression) throws CelValidationException {
    return COMPILER.compile(expression).getAst();
  }

  private static byte[] write(CelAbstractSyntaxTree tree) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TreeWriter(new DataOutputStream(bytes)).write(tree);
    return bytes.toByteArray();
  }
}
