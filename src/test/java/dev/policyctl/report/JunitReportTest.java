package dev.policyctl.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The JUnit report is well-formed whatever it tells, valid by Jenkins' schema, and counts right.
 */
final class JunitReportTest {
  private static final Path SCHEMA = Path.of("src/test/resources/reports/junit-10.xsd");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isValidByTheSchemaOfJenkins(boolean verbose) throws Exception {
    SchemaFactory.newDefaultInstance()
        .newSchema(SCHEMA.toFile())
        .newValidator()
        .validate(new StreamSource(new StringReader(SampleRun.in(ReportFormat.JUNIT, verbose))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void suitesCountTheirCases(boolean verbose) throws Exception {
    NodeList suites = suites(verbose);
    assertEquals(7, suites.getLength());
    int skipped = 0;
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      assertEquals(count(suite, "testcase"), suite.getAttribute("tests"));
      assertEquals(count(suite, "failure"), suite.getAttribute("failures"));
      assertEquals(count(suite, "error"), suite.getAttribute("errors"));
      assertEquals(count(suite, "skipped"), suite.getAttribute("skipped"));
      skipped += suite.getElementsByTagName("skipped").getLength();
    }
    assertEquals(3, skipped, "what is accepted");
  }

  private static String count(Element suite, String name) {
    return Integer.toString(suite.getElementsByTagName(name).getLength());
  }

  private static NodeList suites(boolean verbose) throws Exception {
    String report = SampleRun.in(ReportFormat.JUNIT, verbose);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(report)))
        .getElementsByTagName("testsuite");
  }

  @Test
  void keepsTheNameOfAHostileFile() throws Exception {
    NodeList suites = suites(false);
    boolean found = false;
    for (int i = 0; i < suites.getLength(); i++) {
      found |= ((Element) suites.item(i)).getAttribute("name").equals(SampleRun.HOSTILE_PATH);
    }
    assertTrue(found);
  }

  @Test
  void charactersThatXmlCannotWriteAreReplaced() {
    assertEquals(
        "a\uFFFDb&#10;&lt;\uFFFD\uD83D\uDCBE", Markup.escaped("a\u0000b\n<\uD800\uD83D\uDCBE"));
  }
}
