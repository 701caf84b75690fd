package dev.policyctl.format.kubernetes;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Remark;
import dev.policyctl.model.Change;
import dev.policyctl.model.Field;
import dev.policyctl.model.OpenRule;
import dev.policyctl.model.VolumeLocator;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Kubernetes manifests, YAML or JSON: machines of KubeVirt, workloads, claims and PersistentVolumes
 * as guests, StorageClasses as storage definitions.
 */
public final class KubernetesFormat implements DefinitionFormat {
  private static final String OWN_GROUP = "policyctl.dev/";

  @Override
  public String name() {
    return "kubernetes";
  }

  /**
   * What names an API version and a kind, other than documents of ours. A chart's template is no
   * YAML yet: {@code helm template} makes it one.
   */
  @Override
  public boolean recognizes(String path, String head) {
    String version = Manifest.field(head, "apiVersion");
    boolean template = head.contains("{{") && path.contains("templates/");
    return !version.isEmpty()
        && !version.startsWith(OWN_GROUP)
        && !Manifest.field(head, "kind").isEmpty()
        && !template;
  }

  @Override
  public ParsedFile parse(SourceText text) {
    return parseAll(List.of(text)).get(0);
  }

  @Override
  public boolean refersBeyond(SourceText text) {
    return true;
  }

  /** Files are read side by side; what comes out does not depend on it. */
  @Override
  public List<ParsedFile> parseAll(List<SourceText> texts) {
    List<ObjectReader.Result> files = texts.parallelStream().map(ObjectReader::read).toList();
    Cluster cluster = Cluster.of(files.stream().flatMap(file -> file.objects().stream()).toList());
    return files.parallelStream().map(file -> parse(file, cluster)).toList();
  }

  private ParsedFile parse(ObjectReader.Result file, Cluster cluster) {
    ParsedFile alone = parse(file.source(), file.objects(), file.problems(), cluster);
    return new ParsedFile(
        alone.source(),
        alone.guests(),
        alone.storages(),
        alone.problems(),
        Optional.of(
            edited -> {
              ObjectReader.Result again = ObjectReader.read(edited);
              return parse(again, cluster.with(again.objects()));
            }));
  }

  /**
   * One object out of memory, such as an admission review holds, among the objects of a cluster,
   * which may have it in another version. Its positions and its source are empty where the object
   * has no places.
   */
  public ParsedFile parse(KubeObject object, Cluster cluster) {
    List<KubeObject> alone = List.of(object);
    return parse(object.source(), alone, List.of(), cluster.with(alone));
  }

  /** A text, among the objects of a cluster, which may have its objects in other versions. */
  public ParsedFile parse(SourceText text, Cluster cluster) {
    ObjectReader.Result file = ObjectReader.read(text);
    return parse(file, cluster.with(file.objects()));
  }

  private ParsedFile parse(
      SourceText source, List<KubeObject> objects, List<Problem> problems, Cluster cluster) {
    GuestReader reader =
        new GuestReader(cluster, Drivers.bundled(), source, new ArrayList<>(problems));
    objects.forEach(reader::read);
    return reader.result();
  }

  @Override
  public OpenRule openRule() {
    return new KubernetesOpenRule();
  }

  @Override
  public VolumeLocator locator() {
    return new KubernetesLocator();
  }

  @Override
  public List<Remark> remarks(ParsedFile file) {
    return Annotations.remarks(file);
  }

  @Override
  public List<Edit> edits(ParsedFile file, Change change) {
    return KubernetesEdits.of(file, change);
  }

  @Override
  public String whyNoEdits(ParsedFile file, Change change) {
    return KubernetesEdits.whyNone(file, change);
  }

  @Override
  public Set<String> optionsBehind(Field<?> field) {
    return KubernetesEdits.optionsBehind(field);
  }
}
