package dev.policyctl.format.proxmox;

import dev.policyctl.format.proxmox.ConfigReader.Dialect;
import dev.policyctl.format.proxmox.ConfigReader.SectionKind;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sections of a guest's configuration while it is read, and what is wrong with them. */
final class GuestDraft implements ConfigReader.Listener {
  /** Settings that lose a pair of quotes: strings without a format, {@code check_type}. */
  private static final Set<String> QUOTABLE =
      Set.of("name", "hostname", "bios", "ostype", "arch", "lock");

  private static final Set<String> BOOLEANS = Set.of("template", "unprivileged");

  private static final Set<String> SETTINGS =
      Set.of(
          "name",
          "hostname",
          "bios",
          "ostype",
          "arch",
          "lock",
          "machine",
          "template",
          "unprivileged",
          "hookscript",
          "amd-sev",
          "intel-tdx");

  private final SourceText source;
  private final Dialect dialect;
  private final StorageKeys keys;
  private final ProblemLog problems;
  private final StorageLines storage;
  private final SectionDraft main = new SectionDraft(DeclaredVolume.CURRENT);
  private final Map<String, SectionDraft> sections = new LinkedHashMap<>();
  private SectionDraft current = main;
  private SectionKind kind = SectionKind.MAIN;
  private Optional<SkippedSection> skipped = Optional.empty();

  private record SkippedSection(String name, Span header, boolean hasStorage) {}

  GuestDraft(SourceText source, Dialect dialect, StorageKeys keys, ProblemLog problems) {
    this.source = source;
    this.dialect = dialect;
    this.keys = keys;
    this.problems = problems;
    this.storage = new StorageLines(source, dialect, problems);
    sections.put(main.name(), main);
  }

  SectionDraft main() {
    return main;
  }

  /** Every section that counts, in the order of the text. */
  Collection<SectionDraft> sections() {
    return sections.values();
  }

  /** Reports what only the whole text tells. */
  void finish() {
    reportSkipped();
    storage.reportUndecodable();
  }

  @Override
  public void section(SectionKind newKind, String name, Span header) {
    reportSkipped();
    kind = newKind;
    switch (newKind) {
      case PENDING -> begin(DeclaredVolume.PENDING, header);
      case SNAPSHOT -> begin(DeclaredVolume.SNAPSHOT_PREFIX + name, header);
      case UNKNOWN -> skipped = Optional.of(new SkippedSection(name, header, false));
      default -> {}
    }
  }

  private void begin(String name, Span header) {
    current = new SectionDraft(name);
    if (sections.remove(name) != null) {
      String written = ProblemLog.quoted(source.slice(header));
      problems.warning(
          header, "section " + written + " stands twice: Proxmox keeps the last", "remove one");
    }
    sections.put(name, current);
  }

  private void reportSkipped() {
    skipped.ifPresent(
        section ->
            problems.report(
                section.hasStorage(),
                section.header(),
                "unknown section "
                    + ProblemLog.quoted(section.name())
                    + ": Proxmox skips its lines",
                "a snapshot's name has at least two letters, digits, `-` or `_`, a letter first"));
    skipped = Optional.empty();
  }

  @Override
  public void entry(String written, Span line, Span value) {
    String key = dialect == Dialect.QEMU && written.equals("cdrom") ? "ide2" : written;
    Optional<StorageKeys.Kind> meant = keys.resembling(key);
    if (kind == SectionKind.UNKNOWN) {
      skipped =
          skipped.map(
              section ->
                  new SkippedSection(
                      section.name(), section.header(), section.hasStorage() || meant.isPresent()));
    } else if (kind != SectionKind.SPECIAL && meant.isPresent()) {
      storageEntry(key, meant.get(), line, value);
    } else if (kind != SectionKind.SPECIAL) {
      otherEntry(key, line, value);
    }
  }

  private void storageEntry(String key, StorageKeys.Kind meant, Span line, Span value) {
    if (keys.kind(key).isPresent()) {
      storage.read(current, key, meant.schema(), value);
    } else {
      problems.report(
          StorageLines.isVolume(meant.prefix()),
          line,
          "no guest has " + ProblemLog.quoted(key) + ": Proxmox does not use the line",
          "use " + meant.range());
    }
  }

  private void otherEntry(String key, Span line, Span value) {
    if (key.startsWith("lxc.")) {
      rawEntry(key, line, source.slice(value));
    } else if (key.equals("args") && dialect == Dialect.QEMU) {
      current.clearBypasses(key);
      if (QemuArguments.mayTouchStorage(source.slice(value))) {
        current.bypass(key, line);
      }
    } else if (key.equals("delete") && value.length() > 0) {
      current.delete(deletedKeys(source.slice(value)));
    } else if (SETTINGS.contains(key)) {
      setting(key, line, value);
    }
  }

  private void rawEntry(String key, Span line, String value) {
    if (LxcBypasses.isDropped(key)) {
      problems.warning(
          line, "Proxmox drops " + ProblemLog.quoted(key), "use `rootfs` or `mp0` to `mp255`");
    } else if (value.isEmpty()) {
      current.clearBypasses(key);
    } else if (LxcBypasses.mayTouchStorage(key, value)) {
      current.bypass(key, line);
    }
  }

  private void setting(String key, Span line, Span value) {
    if (current.settings().containsKey(key)) {
      problems.warning(line, "`" + key + "` stands twice: the last one counts", "remove one");
    }
    current.setting(key, settingText(key, source.slice(value)), value);
  }

  private static String settingText(String key, String text) {
    int last = text.length() - 1;
    boolean quoted = last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"';
    if (quoted && QUOTABLE.contains(key)) {
      return text.substring(1, last);
    }
    return BOOLEANS.contains(key)
        ? ValueType.booleanOf(text).map(on -> on ? "1" : "0").orElse(text)
        : text;
  }

  // A leading `!` asks for the volume itself to be removed, too.
  private static Set<String> deletedKeys(String list) {
    Set<String> deleted = new HashSet<>();
    for (String word : list.split("[,;\\s\\x00]+", -1)) {
      deleted.add(word.startsWith("!") ? word.substring(1) : word);
    }
    return deleted;
  }

  @Override
  public void unreadable(Span line) {
    if (kind == SectionKind.UNKNOWN) {
      return;
    }
    String text = source.slice(line);
    if (dialect == Dialect.LXC && text.startsWith("[")) {
      problems.warning(
          line,
          ProblemLog.quoted(text) + " begins no section: the lines below belong to the one above",
          "a snapshot's name has at least two letters, digits, `-` or `_`, a letter first");
      return;
    }
    problems.report(
        beginsWithStorage(text) && kind != SectionKind.SPECIAL,
        line,
        "Proxmox cannot read " + ProblemLog.quoted(text) + " and leaves the line out",
        text.trim().startsWith("#")
            ? "begin a comment with `#` in the first column"
            : "write `key: value` from the first column on, the key in lower case");
  }

  /** Whether a line begins with a storage key, in whatever spelling. */
  private boolean beginsWithStorage(String line) {
    int from = Blanks.trimStart(line, 0, line.length());
    int to = from;
    while (to < line.length() && to - from < 20 && Character.isLetterOrDigit(line.charAt(to))) {
      to++;
    }
    return keys.kind(line.substring(from, to).toLowerCase(Locale.ROOT)).isPresent();
  }

  @Override
  public void misplacedDelete(Span line) {
    if (kind == SectionKind.UNKNOWN) {
      return;
    }
    problems.warning(
        line,
        "`delete` outside of `" + dialect.pendingSection() + "`: Proxmox leaves the line out",
        "remove the line, or the keys that it names");
  }
}
