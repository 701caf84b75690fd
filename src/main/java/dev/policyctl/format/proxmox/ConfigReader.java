package dev.policyctl.format.proxmox;

import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.Locale;

/**
 * Splits a guest's configuration into sections and lines as Proxmox does: {@code parse_vm_config}
 * of qemu-server 9.2 and {@code parse_pct_config} of pve-container 6.1, in their normal (not
 * strict) mode.
 *
 * <p>Both try the forms of a line in a fixed order and look at ASCII white space only. Comments are
 * description lines and need {@code #} in the first column.
 */
final class ConfigReader {

  /** What differs between the two parsers. */
  enum Dialect {
    QEMU("pending"),
    LXC("pve:pending");

    private final String pendingHeader;

    Dialect(String pendingHeader) {
      this.pendingHeader = pendingHeader;
    }

    /** The header of pending changes, as Proxmox writes it. */
    String pendingSection() {
      return this == QEMU ? "[PENDING]" : "[pve:pending]";
    }
  }

  /** Takes what is found, in the order of the text. */
  interface Listener {
    /**
     * @param name a snapshot's name, or the text of any other header
     */
    void section(SectionKind kind, String name, Span header);

    /**
     * @param key for a raw line of a container the whole {@code lxc.…} name
     * @param value without surrounding blanks; may be empty
     */
    void entry(String key, Span line, Span value);

    /** A line that Proxmox cannot read and leaves out. */
    void unreadable(Span line);

    /** {@code delete:} outside of the pending section, which Proxmox leaves out. */
    void misplacedDelete(Span line);
  }

  enum SectionKind {
    MAIN,
    PENDING,
    SNAPSHOT,
    /** {@code [special:…]}: nothing of a guest's storage. */
    SPECIAL,
    /** Proxmox skips its lines; virtual machines only. */
    UNKNOWN
  }

  private final String text;
  private final Dialect dialect;
  private final Listener listener;
  private SectionKind section = SectionKind.MAIN;
  private boolean blankFollows;

  private ConfigReader(String text, Dialect dialect, Listener listener) {
    this.text = text;
    this.dialect = dialect;
    this.listener = listener;
  }

  static void read(SourceText source, Dialect dialect, Listener listener) {
    new ConfigReader(source.text(), dialect, listener).readLines();
  }

  private void readLines() {
    int from = 0;
    while (from < text.length()) {
      int newline = text.indexOf('\n', from);
      int next = newline < 0 ? text.length() : newline;
      int to = Blanks.trimEnd(text, from, next);
      if (to > from) {
        // A key needs a value, but one blank behind the colon is enough of it.
        blankFollows = to < next && text.charAt(to) != '\r';
        readLine(from, to);
      }
      from = next + 1;
    }
  }

  private void readLine(int from, int to) {
    if (text.charAt(from) == '[' && readHeader(from, to)) {
      return;
    }
    if (text.charAt(from) != '#') {
      readEntry(from, to);
    }
  }

  private boolean readHeader(int from, int to) {
    if (text.charAt(to - 1) != ']') {
      return false;
    }
    String name = text.substring(from + 1, to - 1);
    if (name.indexOf(']') >= 0) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(dialect.pendingHeader)) {
      section = SectionKind.PENDING;
    } else if (isSnapshotName(name)) {
      section = SectionKind.SNAPSHOT;
    } else if (dialect == Dialect.LXC) {
      return false;
    } else {
      boolean special = lower.equals("special:cloudinit") || lower.equals("special:fleecing");
      section = special ? SectionKind.SPECIAL : SectionKind.UNKNOWN;
    }
    listener.section(section, name, new Span(from, to));
    return true;
  }

  private static boolean isSnapshotName(String name) {
    if (name.length() < 2 || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private void readEntry(int from, int to) {
    Span line = new Span(from, to);
    int rawEnd = dialect == Dialect.LXC ? rawNameEnd(from, to) : -1;
    if (rawEnd > 0) {
      int separator = Blanks.trimStart(text, rawEnd, to);
      int value = Blanks.trimStart(text, separator + 1, to);
      listener.entry(text.substring(from, rawEnd), line, new Span(value, to));
      return;
    }
    int colon = keyEnd(from, to);
    int value = colon > 0 ? Blanks.trimStart(text, colon + 1, to) : to;
    if (colon > 0 && value < to && text.startsWith("description:", from)) {
      return;
    }
    if (endsInSnapshotState(from, to)) {
      readSnapshotState(from, line);
    } else if (colon < 0 || (value == to && !blankFollows)) {
      listener.unreadable(line);
    } else if (text.startsWith("delete:", from) && section != SectionKind.PENDING) {
      listener.misplacedDelete(line);
    } else {
      listener.entry(text.substring(from, colon), line, new Span(value, to));
    }
  }

  // Proxmox looks for the words anywhere in the line and forgets what stands before them.
  private void readSnapshotState(int from, Span line) {
    if (!text.startsWith("snapstate:", from)) {
      listener.unreadable(line);
    }
  }

  private boolean endsInSnapshotState(int from, int to) {
    int word = wordStart(from, to);
    boolean state = text.startsWith("prepare", word) || text.startsWith("delete", word);
    if (!state || (to - word != "prepare".length() && to - word != "delete".length())) {
      return false;
    }
    int colon = Blanks.trimEnd(text, from, word) - 1;
    int start = colon - "snapstate".length();
    return start >= from && text.startsWith("snapstate:", start);
  }

  private int wordStart(int from, int to) {
    int start = to;
    while (start > from && isLetter(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Index of the colon right behind a key, or -1. */
  private int keyEnd(int from, int to) {
    if (!isLower(text.charAt(from))) {
      return -1;
    }
    int at = from + 1;
    while (at < to && isKeyChar(text.charAt(at))) {
      at++;
    }
    while (at < to && isDigit(text.charAt(at))) {
      at++;
    }
    return at < to && text.charAt(at) == ':' ? at : -1;
  }

  private boolean isKeyChar(char c) {
    return isLower(c) || c == '_' || (c == '-' && dialect == Dialect.QEMU);
  }

  /**
   * Index behind the name of a raw line, {@code lxc.NAME: VALUE} or {@code lxc.NAME = VALUE}, or
   * -1.
   */
  private int rawNameEnd(int from, int to) {
    if (!text.startsWith("lxc.", from)) {
      return -1;
    }
    int at = from + "lxc.".length();
    while (at < to && isRawNameChar(text.charAt(at))) {
      at++;
    }
    if (at == from + "lxc.".length() || at == to) {
      return -1;
    }
    int separator = Blanks.trimStart(text, at, to);
    boolean equals = separator < to && text.charAt(separator) == '=';
    return equals || text.charAt(at) == ':' ? at : -1;
  }

  private static boolean isRawNameChar(char c) {
    return isLower(c) || isDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
