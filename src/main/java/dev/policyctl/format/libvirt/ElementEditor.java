package dev.policyctl.format.libvirt;

import dev.policyctl.source.Edit;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits of elements that keep the text's own quotes, white space and line endings. */
final class ElementEditor {
  private final String text;

  ElementEditor(String text) {
    this.text = text;
  }

  /**
   * Sets attributes in the order given; one whose value is empty is taken away with the white space
   * before it. Values are words that need no escaping.
   */
  List<Edit> setAttributes(XmlElement element, Map<String, String> values) {
    StartTag tag = element.tag();
    List<Edit> edits = new ArrayList<>();
    StringBuilder added = new StringBuilder();
    values.forEach(
        (name, value) -> {
          Optional<StartTag.Attribute> written = tag.attribute(name);
          if (written.isEmpty()) {
            added.append(value.isEmpty() ? "" : gap(tag) + attribute(tag, name, value));
          } else {
            edits.add(replacement(written.get(), value));
          }
        });
    if (!added.isEmpty()) {
      int end = lastAttribute(tag).map(last -> last.whole().end()).orElse(tag.name().end());
      edits.add(new Edit(new Span(end, end), added.toString()));
    }
    return edits;
  }

  /** A new empty element, on a line of its own where the parent's content begins on one. */
  Edit insertFirstChild(XmlElement parent, String name, Map<String, String> values) {
    return insertFirst(parent, element(parent.tag(), name, values));
  }

  /** The same, inside a new element around it. */
  Edit insertFirstChild(XmlElement parent, String around, String name, Map<String, String> values) {
    String element = element(parent.tag(), name, values);
    return insertFirst(parent, "<" + around + ">" + element + "</" + around + ">");
  }

  private String element(StartTag quotesLike, String name, Map<String, String> values) {
    StringBuilder element = new StringBuilder().append('<').append(name);
    values.forEach(
        (attribute, value) -> element.append(' ').append(attribute(quotesLike, attribute, value)));
    return element.append("/>").toString();
  }

  private Edit insertFirst(XmlElement parent, String element) {
    int at = parent.tag().span().end();
    int content = StartTag.skipSpace(text, at);
    int line = text.lastIndexOf('\n', content - 1);
    if (line < at) {
      return new Edit(new Span(at, at), element);
    }
    String indentation = text.substring(line + 1, content);
    int first = text.indexOf('\n', at);
    String lineEnding = first > at && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    return new Edit(new Span(at, at), lineEnding + indentation + element);
  }

  /** Removes an element without content, and its line where nothing else stands on it. */
  Edit removeEmpty(XmlElement element) {
    StartTag tag = element.tag();
    int end = tag.closed() ? tag.span().end() : text.indexOf('>', tag.span().end()) + 1;
    int start = tag.span().start();
    while (start > 0 && StartTag.isSpace(text.charAt(start - 1))) {
      start--;
    }
    return new Edit(new Span(start, end), "");
  }

  private static Edit replacement(StartTag.Attribute written, String value) {
    return value.isEmpty()
        ? new Edit(new Span(written.gap(), written.whole().end()), "")
        : new Edit(written.value(), value);
  }

  private static Optional<StartTag.Attribute> lastAttribute(StartTag tag) {
    int count = tag.attributes().size();
    return count == 0 ? Optional.empty() : Optional.of(tag.attributes().get(count - 1));
  }

  private String gap(StartTag tag) {
    return lastAttribute(tag)
        .map(last -> text.substring(last.gap(), last.whole().start()))
        .orElse(" ");
  }

  private String attribute(StartTag tag, String name, String value) {
    char quote = lastAttribute(tag).map(last -> text.charAt(last.value().end())).orElse('\'');
    return name + "=" + quote + value + quote;
  }
}
