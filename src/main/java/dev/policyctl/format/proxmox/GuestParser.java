package dev.policyctl.format.proxmox;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.Positions;
import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one guest of one configuration file. */
final class GuestParser {
  /** Settings that others than the parser decide by. */
  private static final Set<String> OPTIONS =
      Set.of("machine", "bios", "template", "lock", "ostype", "arch", "unprivileged", "hookscript");

  private static final Map<String, Field<?>> FIELDS =
      Map.of(
          "cache", Field.VOLUME_CACHE,
          "aio", Field.VOLUME_AIO,
          "backup", Field.VOLUME_BACKUP,
          "ro", Field.VOLUME_READ_ONLY,
          "snapshot", Field.VOLUME_TRANSIENT,
          "format", Field.VOLUME_FORMAT,
          "direct-io", Field.VOLUME_IO_POSSIBLE);

  private final SourceText source;
  private final VolumeRule rule;
  private final Positions.Builder positions = Positions.builder();
  private final List<DeclaredVolume> volumes = new ArrayList<>();

  private GuestParser(SourceText source, VolumeRule rule) {
    this.source = source;
    this.rule = rule;
  }

  /**
   * @param format the format's name
   */
  static ParsedFile parse(
      SourceText source,
      String format,
      ConfigReader.Dialect dialect,
      StorageKeys keys,
      VolumeRule rule) {
    ProblemLog problems = new ProblemLog(source);
    GuestDraft draft = new GuestDraft(source, dialect, keys, problems);
    ConfigReader.read(source, dialect, draft);
    draft.finish();
    return new GuestParser(source, rule).finish(format, draft, problems);
  }

  private ParsedFile finish(String format, GuestDraft draft, ProblemLog problems) {
    SectionDraft main = draft.main();
    for (SectionDraft section : draft.sections()) {
      boolean pending = section.name().equals(DeclaredVolume.PENDING);
      Map<String, String> settings = pending ? section.settingsOver(main) : section.settings();
      section.volumes().forEach((key, value) -> declare(section, key, value, settings));
    }
    GuestPath path = new GuestPath(source.path());
    DeclaredGuest guest =
        new DeclaredGuest(
            format,
            path.id(),
            name(main),
            path.host(),
            bypasses(main),
            volumes,
            options(main.settings()));
    positions.subject(firstLine());
    return new ParsedFile(
        source, List.of(new ParsedGuest(guest, positions.build())), List.of(), problems.problems());
  }

  private void declare(
      SectionDraft section, String key, PropertyString value, Map<String, String> settings) {
    String name = section.name();
    volumes.add(rule.declare(name, key, value, settings));
    positions.volume(name, key, value.span());
    value
        .options()
        .forEach(
            (option, found) -> {
              positions.syntax(name, key, "option:" + option, found.span());
              Field<?> field = FIELDS.get(option);
              if (field != null) {
                positions.field(name, key, field, found.span());
              }
            });
    // A shared directory's cache is the guest's own; it decides nothing about the host's opening.
    if (!key.startsWith("virtiofs")) {
      value
          .option("cache")
          .ifPresent(cache -> positions.field(name, key, Field.VOLUME_IO_DIRECT, cache.span()));
    }
    value
        .option("aio")
        .ifPresent(aio -> positions.field(name, key, Field.VOLUME_AIO_ACCEPTED, aio.span()));
  }

  private String name(SectionDraft main) {
    for (String key : List.of("name", "hostname")) {
      if (main.settings().containsKey(key)) {
        positions.field(Field.GUEST_NAME, main.settingSpan(key));
        return main.settings().get(key);
      }
    }
    return "";
  }

  private List<String> bypasses(SectionDraft main) {
    List<SectionDraft.Bypass> found = main.bypasses();
    if (!found.isEmpty()) {
      positions.field(Field.GUEST_BYPASSES, found.get(0).line());
    }
    return found.stream().map(SectionDraft.Bypass::key).toList();
  }

  private static Map<String, String> options(Map<String, String> settings) {
    Map<String, String> options = new HashMap<>(settings);
    options.keySet().retainAll(OPTIONS);
    return options;
  }

  private Span firstLine() {
    int newline = source.text().indexOf('\n');
    int end = newline < 0 ? source.text().length() : newline;
    return new Span(0, Blanks.trimEnd(source.text(), 0, end));
  }
}
