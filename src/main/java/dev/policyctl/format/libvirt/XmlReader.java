package dev.policyctl.format.libvirt;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Reads an XML text within bounds: {@value #MAX_CHARS} chars, {@value #MAX_DEPTH} levels (libxml2's
 * own bound), {@value #MAX_ELEMENTS} elements. Every document type declaration is refused: libvirt
 * expands its entities and applies the attribute defaults in it (measured with 9.0.0), so that a
 * reader that looks past it would judge another definition.
 */
final class XmlReader {
  static final int MAX_CHARS = 16 * 1024 * 1024;
  static final int MAX_DEPTH = 256;
  static final int MAX_ELEMENTS = 200_000;
  private static final WstxInputFactory FACTORY = factory();

  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Deque<XmlElement> open = new ArrayDeque<>();
  private int elements;
  private Optional<XmlElement> root = Optional.empty();

  private XmlReader(SourceText source) {
    this.source = source;
  }

  /**
   * @param root empty when the text cannot be read; then there is a problem
   */
  record Result(Optional<XmlElement> root, List<Problem> problems) {
    Result {
      problems = List.copyOf(problems);
    }
  }

  static Result read(SourceText source) {
    XmlReader reader = new XmlReader(source);
    if (reader.isAcceptable()) {
      reader.parse();
    }
    return new Result(reader.problems.isEmpty() ? reader.root : Optional.empty(), reader.problems);
  }

  private static WstxInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 256);
    // Else a syntax error could come as an unchecked exception from a getter.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    return factory;
  }

  private boolean isAcceptable() {
    if (source.text().length() > MAX_CHARS) {
      refuse("the document is larger than " + MAX_CHARS / (1024 * 1024) + " MiB", "");
      return false;
    }
    if (isUtf16(source.charset())) {
      refuse("the text is UTF-16, which libvirt does not read", "convert it to UTF-8");
      return false;
    }
    String declared = XmlEncoding.declared(source.text());
    if (!declared.isEmpty() && XmlEncoding.find(declared).isEmpty()) {
      refuse("unknown encoding `" + declared + "`", "convert the text to UTF-8");
      return false;
    }
    for (Span span : source.undecodable()) {
      refuse(span, "bytes that " + source.charset() + " does not allow", "convert it to UTF-8");
    }
    XmlProlog prolog = XmlProlog.of(source.text());
    if (prolog.hasDoctype()) {
      refuseDoctype(prolog.doctype());
    }
    return problems.isEmpty();
  }

  private static boolean isUtf16(Charset charset) {
    return charset.equals(StandardCharsets.UTF_16)
        || charset.equals(StandardCharsets.UTF_16BE)
        || charset.equals(StandardCharsets.UTF_16LE);
  }

  private void parse() {
    String text = source.text();
    int skipped = !text.isEmpty() && text.charAt(0) == XmlProlog.BYTE_ORDER_MARK ? 1 : 0;
    try {
      XMLStreamReader2 xml =
          (XMLStreamReader2) FACTORY.createXMLStreamReader(reader(text, skipped));
      while (problems.isEmpty() && xml.hasNext()) {
        take(xml, xml.next(), skipped);
      }
      xml.close();
    } catch (XMLStreamException e) {
      int at = e.getLocation() == null ? 0 : e.getLocation().getCharacterOffset() + skipped;
      int inside = Math.max(0, Math.min(at, text.length()));
      refuse(new Span(inside, inside), "not XML: " + firstLine(e), "");
    }
  }

  private static Reader reader(String text, int skipped) throws XMLStreamException {
    try {
      StringReader reader = new StringReader(text);
      reader.skip(skipped);
      return reader;
    } catch (java.io.IOException e) {
      throw new XMLStreamException(e);
    }
  }

  private void take(XMLStreamReader2 xml, int event, int skipped) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT ->
          begin(xml, (int) xml.getLocationInfo().getStartingCharOffset() + skipped);
      case XMLStreamConstants.END_ELEMENT -> open.pop();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        XmlElement inside = open.peek();
        if (inside != null && (inside.hasText() || !xml.isWhiteSpace())) {
          inside.addText(xml.getText());
        }
      }
      case XMLStreamConstants.DTD -> {
        int at = (int) xml.getLocationInfo().getStartingCharOffset() + skipped;
        refuseDoctype(new Span(at, at));
      }
      default -> {}
    }
  }

  private void begin(XMLStreamReader2 xml, int start) {
    Span at = new Span(start, start + 1);
    if (open.size() >= MAX_DEPTH) {
      refuse(at, "elements are nested more than " + MAX_DEPTH + " deep", "");
      return;
    }
    if (++elements > MAX_ELEMENTS) {
      refuse(at, "the document has more than " + MAX_ELEMENTS + " elements", "");
      return;
    }
    String[] attributes = new String[2 * xml.getAttributeCount()];
    for (int i = 0; i < attributes.length; i += 2) {
      attributes[i] = xml.getAttributeLocalName(i / 2);
      attributes[i + 1] = xml.getAttributeValue(i / 2);
    }
    String namespace = xml.getNamespaceURI();
    XmlElement element =
        new XmlElement(
            source.text(),
            start,
            namespace == null ? "" : namespace,
            xml.getLocalName(),
            attributes);
    if (open.isEmpty()) {
      root = Optional.of(element);
    } else {
      open.peek().add(element);
    }
    open.push(element);
  }

  private static String firstLine(XMLStreamException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    if (line.endsWith(".")) {
      line = line.substring(0, line.length() - 1);
    }
    return line.isEmpty() ? line : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }

  private void refuseDoctype(Span span) {
    refuse(
        span,
        "the document has a document type declaration",
        "remove it: entities and attribute defaults in it change what libvirt reads");
  }

  private void refuse(String message, String help) {
    problems.add(Problem.error(Location.ofFile(source.path()), message, help));
  }

  private void refuse(Span span, String message, String help) {
    problems.add(Problem.error(source.location(span), message, help));
  }
}
