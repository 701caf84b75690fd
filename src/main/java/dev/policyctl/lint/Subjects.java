package dev.policyctl.lint;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Values;
import dev.policyctl.resolve.Resolver;
import java.util.Optional;
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
   * resolved when they are asked for. The host is empty where none is known.
   */
  interface Visitor {
    void guest(ParsedGuest guest, String host, Supplier<Values> values);

    void volume(ParsedGuest guest, DeclaredVolume volume, String host, Supplier<Values> values);

    void storage(ParsedStorage storage, String host, Supplier<Values> values);
  }

  void visit(ParsedFile file, Visitor visitor) {
    file.guests().forEach(guest -> visit(guest, visitor));
    file.storages().forEach(storage -> visit(storage, visitor));
  }

  private void visit(ParsedGuest parsed, Visitor visitor) {
    DefinitionFormat format = definition.format();
    Optional<String> declared =
        parsed.guest().host().or(() -> HostInPath.of(definition.fullPath()));
    for (String host : surroundings.hostsOfGuest(declared)) {
      Resolver resolver = surroundings.resolver(host);
      visitor.guest(parsed, host, () -> resolver.guest(parsed.guest()));
      for (DeclaredVolume volume : parsed.guest().volumes()) {
        visitor.volume(
            parsed,
            volume,
            host,
            () -> resolver.volume(parsed.guest(), volume, format.openRule(), format.locator()));
      }
    }
  }

  private void visit(ParsedStorage parsed, Visitor visitor) {
    DefinitionFormat format = definition.format();
    for (String host : surroundings.hostsOfStorage(parsed.storage().hosts())) {
      visitor.storage(
          parsed,
          host,
          () ->
              surroundings
                  .resolver(host)
                  .storage(parsed.storage(), format.openRule(), format.locator()));
    }
  }
}
