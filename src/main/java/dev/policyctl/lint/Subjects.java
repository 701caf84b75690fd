package dev.policyctl.lint;

import dev.policyctl.fix.FixProver.Resolution;
import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Values;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a file gives to judge: each guest, volume and storage, once for each of its hosts. */
final class Subjects {
  private final Definition definition;
  private final Surroundings surroundings;

  Subjects(Definition definition, Surroundings surroundings) {
    this.definition = definition;
    this.surroundings = surroundings;
  }

  /**
   * Takes the subjects in the definition's order; a guest comes before its volumes. Values are
   * resolved when they are asked for. The host is empty where none is known. The resolution finds
   * the same subject in an edited text.
   */
  interface Visitor {
    void guest(ParsedGuest guest, String host, Supplier<Values> values, Resolution edited);

    void volume(
        ParsedGuest guest,
        DeclaredVolume volume,
        String host,
        Supplier<Values> values,
        Resolution edited);

    void storage(ParsedStorage storage, String host, Supplier<Values> values, Resolution edited);
  }

  void visit(ParsedFile file, Visitor visitor) {
    for (int i = 0; i < file.guests().size(); i++) {
      visitGuest(file.guests().get(i), i, visitor);
    }
    for (int i = 0; i < file.storages().size(); i++) {
      visitStorage(file.storages().get(i), i, visitor);
    }
  }

  private void visitGuest(ParsedGuest parsed, int index, Visitor visitor) {
    List<DeclaredVolume> volumes = parsed.guest().volumes();
    for (String host : hosts(parsed)) {
      visitor.guest(
          parsed,
          host,
          () -> guest(parsed, host),
          edited -> each(hosts(parsed), on -> guest(edited.guests().get(index), on)));
      for (int i = 0; i < volumes.size(); i++) {
        int volume = i;
        visitor.volume(
            parsed,
            volumes.get(i),
            host,
            () -> volume(parsed, volume, host),
            edited -> each(hosts(parsed), on -> volume(edited.guests().get(index), volume, on)));
      }
    }
  }

  private void visitStorage(ParsedStorage parsed, int index, Visitor visitor) {
    List<String> hosts = surroundings.hostsOfStorage(parsed.storage().hosts());
    for (String host : hosts) {
      visitor.storage(
          parsed,
          host,
          () -> storage(parsed, host),
          edited -> each(hosts, on -> storage(edited.storages().get(index), on)));
    }
  }

  private static List<Values> each(List<String> hosts, Function<String, Values> values) {
    return hosts.stream().map(values).toList();
  }

  private List<String> hosts(ParsedGuest guest) {
    return surroundings.hostsOfGuest(
        guest.guest().host().or(() -> HostInPath.of(definition.fullPath())));
  }

  private Values guest(ParsedGuest parsed, String host) {
    return surroundings.resolver(host).guest(parsed.guest());
  }

  private Values volume(ParsedGuest parsed, int index, String host) {
    DefinitionFormat format = definition.format();
    DeclaredVolume volume = parsed.guest().volumes().get(index);
    return surroundings
        .resolver(host)
        .volume(parsed.guest(), volume, format.openRule(), format.locator());
  }

  private Values storage(ParsedStorage parsed, String host) {
    DefinitionFormat format = definition.format();
    return surroundings
        .resolver(host)
        .storage(parsed.storage(), format.openRule(), format.locator());
  }
}
