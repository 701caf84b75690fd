package dev.policyctl.policy;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line for a person with fields of the model in braces: {@code losetup -j {storage.path}}. A
 * value is quoted for a POSIX shell where it has to be, so that a command can be pasted as printed;
 * an unknown or empty one leaves its name in angle brackets.
 */
public final class Template {
  private final String text;
  private final List<Slot> slots;

  private Template(String text, List<Slot> slots) {
    this.text = text;
    this.slots = List.copyOf(slots);
  }

  /** A field's place in the text, braces included. */
  private record Slot(int start, int end, String path) {}

  /** The text up to the next slot is literal; braces around anything but a path are, too. */
  public static Template parse(String text) {
    List<Slot> slots = new ArrayList<>();
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      int close = text.indexOf('}', open);
      if (close > 0 && isPath(text.substring(open + 1, close))) {
        slots.add(new Slot(open, close + 1, text.substring(open + 1, close)));
      }
    }
    return new Template(text, slots);
  }

  private static boolean isPath(String word) {
    return word.indexOf('.') > 0
        && word.chars().allMatch(c -> c == '.' || (c < 128 && Character.isLetter(c)));
  }

  /** Paths in braces that name no field which the target sees. */
  List<String> unknownPaths(Target target) {
    return slots.stream()
        .map(Slot::path)
        .filter(path -> Field.byPath(path).filter(target::sees).isEmpty())
        .toList();
  }

  public String render(Values values) {
    StringBuilder rendered = new StringBuilder();
    int done = 0;
    for (Slot slot : slots) {
      rendered.append(text, done, slot.start());
      rendered.append(value(slot.path(), values).orElse("<" + slot.path() + ">"));
      done = slot.end();
    }
    return rendered.append(text, done, text.length()).toString();
  }

  private static Optional<String> value(String path, Values values) {
    Fact<?> fact = values.get(Field.byPath(path).orElseThrow());
    Optional<?> value = fact.ifKnown();
    return value
        .map(known -> known instanceof List<?> list ? words(list) : known.toString())
        .filter(word -> !word.isEmpty())
        .map(Template::quoted);
  }

  private static String words(List<?> list) {
    return String.join(",", list.stream().map(Object::toString).toList());
  }

  private static String quoted(String word) {
    boolean plain = word.chars().allMatch(c -> Character.isLetterOrDigit(c) || isPlainMark(c));
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static boolean isPlainMark(int c) {
    return "_@%+=:,./-".indexOf(c) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text with its braces. */
  @Override
  public String toString() {
    return text;
  }
}
