package dev.policyctl.format.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a text into words as {@code shellwords} of Perl does, with which Proxmox splits {@code
 * args}.
 */
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private char quote;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * @return empty when a quote is not closed
   */
  static Optional<List<String>> split(String text) {
    ShellWords split = new ShellWords(text);
    split.readAll();
    return split.quote == 0 ? Optional.of(split.words) : Optional.empty();
  }

  private void readAll() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean escapes = c == '\\' && quote != '\'' && at + 1 < text.length();
      if (escapes) {
        at++;
        append(text.charAt(at));
      } else {
        read(c);
      }
      at++;
    }
    endWord();
  }

  private void read(char c) {
    if (quote != 0) {
      readQuoted(c);
    } else if (c == '"' || c == '\'') {
      quote = c;
      inWord = true;
    } else if (Blanks.isBlank(c)) {
      endWord();
    } else {
      append(c);
    }
  }

  private void readQuoted(char c) {
    if (c == quote) {
      quote = 0;
    } else {
      append(c);
    }
  }

  private void append(char c) {
    word.append(c);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
