package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.proxmox.StorageSection.Property;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code storage.cfg} line by line as Proxmox VE does (pve-common, src/PVE/SectionConfig.pm,
 * parse_config): a header in column 0 opens a section, only an empty line ends it, and a line that
 * begins with {@code #} after any blanks is as if it were not there. A carriage return counts as
 * part of the line's ending, because checkouts add it.
 */
final class StorageCfgReader {
  private final SourceText source;
  private final String text;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, StorageSection> sections = new LinkedHashMap<>();
  private Optional<StorageSection> open = Optional.empty();
  private boolean skipping;
  private boolean strayReported;

  StorageCfgReader(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  ParsedFile read() {
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int next = newline < 0 ? text.length() : newline + 1;
      int end = newline < 0 ? text.length() : newline;
      if (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      line(start, end, next);
      start = next;
    }
    StorageCheck check = new StorageCheck(source, problems);
    List<ParsedStorage> storages = new ArrayList<>();
    sections.values().forEach(section -> check.storage(section).ifPresent(storages::add));
    return new ParsedFile(source, List.of(), storages, problems);
  }

  private void line(int start, int end, int next) {
    if (start == end) {
      open = Optional.empty();
      skipping = false;
      strayReported = false;
      return;
    }
    Span stripped = stripped(start, end);
    if (stripped.length() == 0 || text.charAt(stripped.start()) == '#' || skipping) {
      return;
    }
    boolean indented = stripped.start() > start;
    if (open.isPresent()) {
      inside(open.get(), stripped, indented, new Span(start, next));
    } else if (indented || !header(stripped)) {
      stray(stripped);
    }
  }

  /** Opens a section when the line is {@code type: id}. */
  private boolean header(Span line) {
    int colon = headerColon(line);
    if (colon < 0) {
      return false;
    }
    Span typeSpan = new Span(line.start(), colon);
    String id = source.slice(stripped(colon + 1, line.end()));
    strayReported = false;
    if (!VolumeId.isStorageId(id)) {
      skipping = true;
      error(
          line,
          "`" + id + "` cannot be the name of a storage: Proxmox skips the section",
          "use a letter, then letters, digits, `-`, `_` and `.`, ending in a letter or digit");
      return true;
    }
    String type = source.slice(typeSpan).toLowerCase(Locale.ROOT);
    StorageSection section = StorageSection.of(type, id, line, typeSpan);
    StorageSection earlier = sections.remove(id);
    if (earlier != null) {
      int at = source.lineAt(earlier.header().start());
      error(
          line,
          "storage `" + id + "` is defined twice: Proxmox ignores the section in line " + at,
          "remove one of the two");
    }
    sections.put(id, section);
    open = Optional.of(section);
    return true;
  }

  /**
   * The colon of {@code type: id}, the last one where several would do; -1 when it is no header.
   */
  private int headerColon(Span line) {
    int colon = -1;
    for (int i = line.start(); i < line.end() && !isBlank(text.charAt(i)); i++) {
      if (text.charAt(i) == ':' && i > line.start() && isOneWord(stripped(i + 1, line.end()))) {
        colon = i;
      }
    }
    return colon;
  }

  private boolean isOneWord(Span span) {
    for (int i = span.start(); i < span.end(); i++) {
      if (isBlank(text.charAt(i))) {
        return false;
      }
    }
    return span.length() > 0;
  }

  private void inside(StorageSection section, Span stripped, boolean indented, Span line) {
    if (indented) {
      property(section, stripped, line);
    } else if (headerColon(stripped) >= 0) {
      error(
          stripped,
          "`" + source.slice(stripped) + "` opens no section: no empty line stands before it",
          "put an empty line before it; Proxmox takes its properties for those of `"
              + section.id()
              + "`");
    } else {
      error(
          stripped,
          "`" + source.slice(stripped) + "` is ignored: a property begins with a blank",
          "indent the line");
    }
  }

  private void property(StorageSection section, Span stripped, Span line) {
    int keyEnd = stripped.start();
    while (keyEnd < stripped.end() && !isBlank(text.charAt(keyEnd))) {
      keyEnd++;
    }
    String key = text.substring(stripped.start(), keyEnd);
    String value = source.slice(stripped(keyEnd, stripped.end()));
    if (section.has(key)) {
      error(
          stripped,
          "`" + key + "` of storage `" + section.id() + "` stands twice: Proxmox takes the first",
          "remove one of the two lines");
      return;
    }
    section.properties().put(key, new Property(value, stripped, line));
  }

  // What follows a broken header is lost with it and not worth a problem of its own.
  private void stray(Span line) {
    if (!strayReported) {
      strayReported = true;
      error(
          line,
          "`" + source.slice(line) + "` belongs to no storage: Proxmox ignores it",
          "a section begins with `type: name` in the first column and ends at an empty line");
    }
  }

  private void error(Span at, String message, String help) {
    problems.add(Problem.error(source.location(at), message, help));
  }

  private Span stripped(int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return new Span(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
