package dev.policyctl.lint;

import dev.policyctl.format.ParsedFile;

/**
 * A definition that was parsed, with what it is judged with.
 *
 * @param file what it declares, together with the other files of the run where its format joins
 *     them
 */
public record Parsed(Definition definition, ParsedFile file, Surroundings surroundings) {

  /** A definition that stands alone. */
  public static Parsed of(Definition definition, Surroundings surroundings) {
    return new Parsed(definition, definition.format().parse(definition.text()), surroundings);
  }
}
