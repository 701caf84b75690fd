package dev.policyctl.report;

/** Pieces of Markdown. */
final class Markdown {
  static final String GENERATED =
      "<!-- Generated: `./mvnw verify -Dgolden.update=true` writes it anew. -->\n\n";

  private Markdown() {}

  /** A block that is shown as it is, whatever it contains. */
  static String fenced(String language, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence + "\n";
  }

  /** The language of a fenced block, by the name of the file that it shows. */
  static String language(String path) {
    return path.endsWith(".yaml") || path.endsWith(".yml") ? "yaml" : "text";
  }

  /** A text in a table. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
