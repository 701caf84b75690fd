package dev.policyctl.format;

import dev.policyctl.model.Field;
import dev.policyctl.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where in the source a definition says what: for every subject (a volume in a section, the guest,
 * a storage) its own span, and for fields the span of the text that decides them.
 */
public final class Positions {
  private final Map<Key, Span> spans;

  private Positions(Map<Key, Span> spans) {
    this.spans = spans;
  }

  private record Key(String section, String subject, String what) {}

  /**
   * The text that decides the field of this volume: {@code cache=none} for {@code
   * volume.io.direct}, the volume's name where nothing else decides.
   *
   * @return empty when no particular text decides it: then {@link #volume} is the place
   */
  public Optional<Span> field(String section, String key, Field<?> field) {
    return Optional.ofNullable(spans.get(new Key(section, key, field.path())));
  }

  /** The volume's whole value. */
  public Optional<Span> volume(String section, String key) {
    return Optional.ofNullable(spans.get(new Key(section, key, "")));
  }

  /** The text that decides a field of the guest or of the storage definition itself. */
  public Optional<Span> field(Field<?> field) {
    return field("", "", field);
  }

  /** Where the guest's or the storage's definition begins. */
  public Optional<Span> subject() {
    return volume("", "");
  }

  /** A span that only the format itself knows the meaning of, for its edits. */
  public Optional<Span> syntax(String section, String key, String what) {
    return Optional.ofNullable(spans.get(new Key(section, key, "syntax:" + what)));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects spans; a later one for the same thing replaces the earlier. */
  public static final class Builder {
    private final Map<Key, Span> spans = new HashMap<>();

    public Builder field(String section, String key, Field<?> field, Span span) {
      spans.put(new Key(section, key, field.path()), span);
      return this;
    }

    public Builder volume(String section, String key, Span span) {
      spans.put(new Key(section, key, ""), span);
      return this;
    }

    public Builder field(Field<?> field, Span span) {
      return field("", "", field, span);
    }

    public Builder subject(Span span) {
      return volume("", "", span);
    }

    public Builder syntax(String section, String key, String what, Span span) {
      spans.put(new Key(section, key, "syntax:" + what), span);
      return this;
    }

    /** Hands its spans over: nothing may be added afterwards. */
    public Positions build() {
      return new Positions(spans);
    }
  }
}
