package dev.policyctl.format.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A value as its JSON text, a fifth of the tree's size: a cluster has hundreds of thousands of
 * claims, and a review looks at three. Reading it reads the text; {@link #unpacked} does so once.
 */
final class PackedKubeNode implements KubeNode {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] text;

  private PackedKubeNode(byte[] text) {
    this.text = text;
  }

  static PackedKubeNode of(JsonNode node) {
    try {
      return new PackedKubeNode(JSON.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      // Invariant: a tree is always JSON.
      throw new IllegalArgumentException(e);
    }
  }

  JsonKubeNode unpacked() {
    try {
      return new JsonKubeNode(JSON.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Kind kind() {
    return unpacked().kind();
  }

  @Override
  public KubeNode get(String key) {
    return unpacked().get(key);
  }

  @Override
  public List<Field> fields() {
    return unpacked().fields();
  }

  @Override
  public Optional<Field> field(String key) {
    return unpacked().field(key);
  }

  @Override
  public List<KubeNode> items() {
    return unpacked().items();
  }

  @Override
  public String text() {
    return unpacked().text();
  }

  @Override
  public boolean isTrue() {
    return unpacked().isTrue();
  }

  @Override
  public Optional<Span> span() {
    return Optional.empty();
  }
}
