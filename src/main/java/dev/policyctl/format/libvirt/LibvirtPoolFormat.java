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

/** Storage pools, as {@code virsh pool-dumpxml} prints them and {@code /etc/libvirt} keeps them. */
public final class LibvirtPoolFormat implements DefinitionFormat {
  static final String NAME = "libvirt-pool";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognizes(String path, String head) {
    XmlProlog prolog = XmlProlog.of(head);
    return switch (prolog.rootName(head)) {
      case "pool" -> StartTag.at(head, prolog.root()).attribute("type").isPresent();
      case "poolstate" -> true;
      default -> false;
    };
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
        .map(root -> root.is("poolstate") ? root.child("pool").orElse(root) : root)
        .ifPresent(
            pool -> {
              check(text, pool, problems);
              if (pool.is("pool")) {
                storages.add(read(pool));
              }
            });
    return new ParsedFile(text, List.of(), storages, problems);
  }

  @Override
  public boolean refersBeyond(SourceText text) {
    return true;
  }

  @Override
  public boolean isNamedByGuests() {
    return true;
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
    return field.equals(Field.STORAGE_NOCOW_OPTION) ? Set.of(PoolOption.COW) : Set.of();
  }

  @Override
  public List<Remark> remarks(ParsedFile file) {
    return CommentRemarks.of(file.source());
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return XmlReader.read(file.source())
        .root()
        .filter(root -> root.is("pool") && name(root).equals(change.key()))
        .map(pool -> NocowEdits.ofPool(file.source().text(), pool, change))
        .orElse(List.of());
  }

  private static ParsedStorage read(XmlElement pool) {
    Positions.Builder positions = Positions.builder().subject(pool.tag().span());
    pool.attributeSpan("type").ifPresent(span -> positions.field(Field.STORAGE_TYPE, span));
    Map<String, String> options = new HashMap<>();
    options.put(PoolOption.PATH, path(pool));
    pool.child("source")
        .ifPresent(
            source -> {
              options.put(PoolOption.SOURCE_NAME, source.textOf("name"));
              options.put(PoolOption.SOURCE_FORMAT, source.attributeOf("format", "type"));
            });
    pool.child("features")
        .flatMap(features -> features.child("cow"))
        .ifPresent(
            cow -> {
              options.put(PoolOption.COW, cow.attribute("state"));
              positions.field(Field.STORAGE_NOCOW_OPTION, cow.tag().span());
            });
    options.values().removeIf(String::isEmpty);
    StorageDefinition definition =
        new StorageDefinition(NAME, name(pool), pool.attribute("type"), List.of(), options);
    return new ParsedStorage(definition, positions.build());
  }

  // A pool without a name takes that of its source (virStoragePoolDefParseXML).
  private static String name(XmlElement pool) {
    String name = pool.textOf("name");
    return name.isEmpty()
        ? pool.child("source").map(source -> source.textOf("name")).orElse("")
        : name;
  }

  private static String path(XmlElement pool) {
    return pool.child("target").map(target -> target.textOf("path")).orElse("");
  }

  private static void check(SourceText text, XmlElement pool, List<Problem> problems) {
    if (!pool.is("pool")) {
      problems.add(
          Problem.error(text.location(pool.tag().span()), "the document holds no `<pool>`", ""));
      return;
    }
    Refusal refusal = new Refusal(text, name(pool), problems);
    boolean ofFiles = PoolType.hasCowFeature(pool.attribute("type"));
    if (name(pool).isEmpty()) {
      problems.add(Problem.error(text.location(pool.tag().span()), "the pool has no name", ""));
    }
    if (ofFiles && path(pool).isEmpty()) {
      refusal.of(pool.tag().span(), "has no `<path>` in its `<target>`", "");
    }
    pool.child("features")
        .flatMap(features -> features.child("cow"))
        .ifPresent(
            cow -> {
              refusal.unlessOneOf(cow, "state", List.of("yes", "no"));
              if (!ofFiles) {
                refusal.of(
                    cow.tag().span(), "has `<cow>`, which only `dir` and `fs` pools have", "");
              }
            });
  }
}
