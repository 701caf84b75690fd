package dev.policyctl.format.libvirt;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedStorage;
import dev.policyctl.format.Positions;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.StorageDefinition;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Storage volumes as they are given to {@code virsh vol-create}. {@code <nocow/>} is read there and
 * never printed back (src/conf/storage_conf.c), so a dumped volume says nothing about it.
 */
public final class LibvirtVolumeFormat implements DefinitionFormat {
  static final String NAME = "libvirt-volume";

  @Override
  public String name() {
    return NAME;
  }

  /** Other programs have a {@code <volume>} too; theirs has neither capacity nor target. */
  @Override
  public boolean recognizes(String path, String head) {
    XmlProlog prolog = XmlProlog.of(head);
    return prolog.rootName(head).equals("volume")
        && (head.indexOf("<capacity", prolog.root()) > 0
            || head.indexOf("<target", prolog.root()) > 0);
  }

  @Override
  public Charset charset(byte[] head) {
    return XmlEncoding.charsetOf(head);
  }

  @Override
  public ParsedFile parse(SourceText text) {
    XmlReader.Result xml = XmlReader.read(text);
    List<Problem> problems = new ArrayList<>(xml.problems());
    List<ParsedStorage> storages = new ArrayList<>();
    xml.root()
        .ifPresent(
            volume -> {
              if (volume.is("volume") && !volume.textOf("name").isEmpty()) {
                storages.add(read(volume));
              } else {
                String message =
                    volume.is("volume")
                        ? "the volume has no name"
                        : "the document holds no `<volume>`";
                problems.add(Problem.error(text.location(volume.tag().span()), message, ""));
              }
            });
    return new ParsedFile(text, List.of(), storages, problems);
  }

  @Override
  public OpenRule openRule() {
    return new LibvirtOpenRule();
  }

  @Override
  public VolumeLocator locator() {
    return new LibvirtLocator();
  }

  @Override
  public Set<String> optionsBehind(Field<?> field) {
    return field.equals(Field.STORAGE_NOCOW_OPTION) ? Set.of(PoolOption.NOCOW) : Set.of();
  }

  @Override
  public List<Remark> remarks(ParsedFile file) {
    return CommentRemarks.of(file.source());
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return XmlReader.read(file.source())
        .root()
        .filter(root -> root.is("volume") && root.textOf("name").equals(change.key()))
        .map(volume -> NocowEdits.ofVolume(file.source().text(), volume, change))
        .orElse(List.of());
  }

  private static ParsedStorage read(XmlElement volume) {
    Positions.Builder positions = Positions.builder().subject(volume.tag().span());
    Map<String, String> options = new HashMap<>();
    options.put(PoolOption.PATH, volume.textOf("key"));
    volume
        .child("target")
        .ifPresent(
            target -> {
              options.merge(
                  PoolOption.PATH,
                  target.textOf("path"),
                  (key, path) -> path.isEmpty() ? key : path);
              options.put(PoolOption.FORMAT, target.attributeOf("format", "type"));
              target
                  .child("nocow")
                  .ifPresent(
                      nocow -> {
                        options.put(PoolOption.NOCOW, "true");
                        positions.field(Field.STORAGE_NOCOW_OPTION, nocow.tag().span());
                      });
            });
    options.values().removeIf(String::isEmpty);
    String type = volume.attribute("type");
    StorageDefinition definition =
        new StorageDefinition(
            NAME, volume.textOf("name"), type.isEmpty() ? "file" : type, List.of(), options);
    return new ParsedStorage(definition, positions.build());
  }
}
