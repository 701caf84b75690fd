package dev.policyctl.format.libvirt;

import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An element of a definition, as libvirt looks at it: attributes by their local name whatever their
 * prefix, the first of several; children by name in no namespace, unless a namespace is given.
 * Positions are found when they are asked for.
 */
final class XmlElement {
  private final String source;
  private final int start;
  private final String namespace;
  private final String name;
  private final String[] attributes;
  private final List<XmlElement> children = new ArrayList<>();
  private @Nullable StringBuilder text;
  private @Nullable StartTag tag;

  /**
   * @param start index of the tag's {@code <} in {@code source}
   * @param namespace empty for none
   * @param attributes local names and values in turn, in the order of the text
   */
  XmlElement(String source, int start, String namespace, String name, String[] attributes) {
    this.source = source;
    this.start = start;
    this.namespace = namespace;
    this.name = name;
    this.attributes = attributes;
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void addText(String more) {
    StringBuilder before = text;
    if (before == null) {
      text = new StringBuilder(more);
    } else {
      before.append(more);
    }
  }

  boolean hasText() {
    return text != null;
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  List<XmlElement> children() {
    return children;
  }

  /** Its own text without the white space around it; empty when there is none. */
  String text() {
    return text == null ? "" : text.toString().strip();
  }

  boolean has(String attribute) {
    return indexOf(attribute) >= 0;
  }

  /** The attribute's value; empty when it is absent, too. */
  String attribute(String attribute) {
    int index = indexOf(attribute);
    return index < 0 ? "" : attributes[index + 1];
  }

  private int indexOf(String attribute) {
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i].equals(attribute)) {
        return i;
      }
    }
    return -1;
  }

  /** The first child of this name in no namespace. */
  Optional<XmlElement> child(String wanted) {
    for (XmlElement child : children) {
      if (child.is(wanted)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** The first child's attribute; empty when either is absent. */
  String attributeOf(String child, String attribute) {
    return child(child).map(found -> found.attribute(attribute)).orElse("");
  }

  /** The first child's text; empty when it is absent. */
  String textOf(String child) {
    return child(child).map(XmlElement::text).orElse("");
  }

  List<XmlElement> children(String wanted, String inNamespace) {
    return children.stream()
        .filter(child -> child.name.equals(wanted) && child.namespace.equals(inNamespace))
        .toList();
  }

  boolean is(String wanted) {
    return name.equals(wanted) && namespace.isEmpty();
  }

  StartTag tag() {
    StartTag known = tag;
    if (known == null) {
      known = StartTag.at(source, start);
      tag = known;
    }
    return known;
  }

  /** Name, equals sign and quoted value; empty when there is no such attribute. */
  Optional<Span> attributeSpan(String attribute) {
    return tag().attribute(attribute).map(StartTag.Attribute::whole);
  }
}
