package dev.policyctl.lint;

import dev.policyctl.fix.FixProver.Resolution;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Values;
import dev.policyctl.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Resolves one file without judging it. */
public final class Inspector {

  /** What one file comes to. */
  public record Inspection(String path, List<Resolved> subjects, List<Problem> problems) {}

  /**
   * A guest with its volumes, or a storage definition, on one host.
   *
   * @param format the guest's or the storage's
   * @param id the guest's or the storage's
   * @param own the values of the guest or of the storage, and of the host
   * @param volumes empty for a storage definition
   */
  public record Resolved(
      String format, String id, boolean isGuest, Values own, List<Values> volumes) {}

  public Inspection inspect(Parsed parsed) {
    Definition definition = parsed.definition();
    ParsedFile file = parsed.file();
    Collector collector = new Collector();
    new Subjects(definition, parsed.surroundings()).visit(file, collector);
    return new Inspection(definition.text().path(), collector.subjects, quoted(file));
  }

  private static List<Problem> quoted(ParsedFile file) {
    return file.problems().stream().map(file.source()::quote).toList();
  }

  private static final class Collector implements Subjects.Visitor {
    private final List<Resolved> subjects = new ArrayList<>();
    private List<Values> volumes = new ArrayList<>();

    @Override
    public void guest(ParsedGuest guest, String host, Supplier<Values> values, Resolution edited) {
      volumes = new ArrayList<>();
      subjects.add(
          new Resolved(guest.guest().format(), guest.guest().id(), true, values.get(), volumes));
    }

    @Override
    public void volume(
        ParsedGuest guest,
        DeclaredVolume volume,
        String host,
        Supplier<Values> values,
        Resolution edited) {
      volumes.add(values.get());
    }

    @Override
    public void storage(
        ParsedStorage storage, String host, Supplier<Values> values, Resolution edited) {
      subjects.add(
          new Resolved(
              storage.storage().format(), storage.storage().id(), false, values.get(), List.of()));
    }
  }
}
