package dev.policyctl.format.kubernetes;

import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.model.Values;
import dev.policyctl.resolve.Resolver;
import dev.policyctl.source.Edits;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests that are linted together, and what their volumes resolve to. */
final class World {
  private final KubernetesFormat format = new KubernetesFormat();
  private final List<ParsedFile> files;
  private Optional<HostFacts> facts = Optional.empty();

  private World(List<SourceText> texts) {
    this.files = format.parseAll(texts);
  }

  static World of(String... texts) {
    List<SourceText> sources = new ArrayList<>();
    for (String text : texts) {
      sources.add(SourceText.of("file" + sources.size() + ".yaml", text));
    }
    return new World(sources);
  }

  World withFacts(String spec) {
    String document =
        "apiVersion: policyctl.dev/v1alpha1\nkind: HostFacts\nmetadata: {name: n1}\nspec:\n"
            + spec.indent(2);
    HostFactsReader.Result read = HostFactsReader.read(SourceText.of("facts.yaml", document));
    if (!read.problems().isEmpty()) {
      throw new IllegalArgumentException(read.problems().toString());
    }
    facts = Optional.of(read.hosts().get(0));
    return this;
  }

  List<ParsedFile> files() {
    return files;
  }

  List<String> problems() {
    return files.stream()
        .flatMap(file -> file.problems().stream())
        .map(it -> it.at().line() + ":" + it.at().column() + " " + it.message())
        .toList();
  }

  /** The volume {@code format id/key}, such as {@code kubevirt-vm db/root}. */
  Values volume(String name) {
    for (ParsedFile file : files) {
      for (ParsedGuest guest : file.guests()) {
        for (DeclaredVolume volume : guest.guest().volumes()) {
          String own = guest.guest().format() + " " + guest.guest().id() + "/" + volume.key();
          if (own.equals(name)) {
            return resolver(guest.guest().host().orElse(""))
                .volume(guest.guest(), volume, format.openRule(), format.locator());
          }
        }
      }
    }
    throw new IllegalArgumentException("no " + name + " among " + guests());
  }

  Values storage(String id) {
    return files.stream()
        .flatMap(file -> file.storages().stream())
        .filter(it -> it.storage().id().equals(id))
        .findFirst()
        .map(it -> resolver("n1").storage(it.storage(), format.openRule(), format.locator()))
        .orElseThrow();
  }

  /** Everything that can be asked of the files: each volume resolved, each change written. */
  void resolveAll() {
    for (ParsedFile file : files) {
      for (ParsedGuest guest : file.guests()) {
        for (DeclaredVolume volume : guest.guest().volumes()) {
          resolver("").volume(guest.guest(), volume, format.openRule(), format.locator());
          write(file, guest.guest().id(), volume.key(), Field.VOLUME_IO_DIRECT);
        }
      }
      for (ParsedStorage storage : file.storages()) {
        resolver("").storage(storage.storage(), format.openRule(), format.locator());
        write(file, "", storage.storage().id(), Field.STORAGE_NOCOW_OPTION);
      }
    }
  }

  private void write(ParsedFile file, String guest, String key, Field<?> field) {
    Change change = new Change(guest, key, "current", Map.of(field.path(), false));
    Edits.of(format.edits(file, change)).applyTo(file.source().text());
  }

  private Resolver resolver(String host) {
    return new Resolver(StorageCatalog.NONE, host, facts);
  }

  /** {@code format id host: key key}, one a guest. */
  List<String> guests() {
    List<String> guests = new ArrayList<>();
    for (ParsedFile file : files) {
      for (ParsedGuest guest : file.guests()) {
        StringBuilder line = new StringBuilder(guest.guest().format());
        line.append(' ').append(guest.guest().id());
        guest.guest().host().ifPresent(host -> line.append('@').append(host));
        line.append(':');
        guest.guest().volumes().forEach(it -> line.append(' ').append(it.key()));
        guests.add(line.toString());
      }
    }
    return guests;
  }

  /** A value in words: unknown as {@code ?field of thing}. */
  static String text(Values values, Field<?> field) {
    Fact<?> fact = values.get(field);
    return fact.ifKnown()
        .map(String::valueOf)
        .orElseGet(
            () ->
                fact.whatIsMissing().map(it -> "?" + it.field() + " of " + it.of()).orElseThrow());
  }

  static String because(Values values, Field<?> field) {
    return String.join("; ", values.get(field).because());
  }
}
