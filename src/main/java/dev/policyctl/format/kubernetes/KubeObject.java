package dev.policyctl.format.kubernetes;

import dev.policyctl.source.SourceText;
import java.util.Optional;

/**
 * One object of a kind that matters here.
 *
 * @param source the file it stands in
 * @param namespace empty where it names none, or its kind has none
 */
public record KubeObject(
    SourceText source, KubeNode root, ObjectKind objectKind, String namespace, String name) {

  /** Of an object that stands in no file. */
  private static final SourceText NO_FILE = SourceText.of("", "");

  /**
   * An object that a cluster holds, or is about to. Empty for one of a kind that says nothing about
   * storage.
   */
  public static Optional<KubeObject> inCluster(KubeNode root) {
    return of(NO_FILE, root);
  }

  /** This object as it is kept among many: small, and slower to read. */
  public KubeObject packed() {
    return root instanceof JsonKubeNode json
        ? new KubeObject(source, PackedKubeNode.of(json.node()), objectKind, namespace, name)
        : this;
  }

  /** This object as it is read. */
  public KubeObject unpacked() {
    return root instanceof PackedKubeNode packed
        ? new KubeObject(source, packed.unpacked(), objectKind, namespace, name)
        : this;
  }

  /** Whether objects of this kind say something about storage. */
  public static boolean isKnownKind(String kind) {
    return ObjectKind.isKnown(kind);
  }

  /** Empty for an object of a kind that says nothing about storage. */
  public static Optional<KubeObject> of(SourceText source, KubeNode root) {
    return of(source, root, root.get("apiVersion").text(), root.get("kind").text());
  }

  /**
   * @param apiVersion the list's, for an item of a typed list that does not repeat it
   */
  static Optional<KubeObject> of(
      SourceText source, KubeNode root, String apiVersion, String kindWord) {
    KubeNode metadata = root.get("metadata");
    String name = metadata.get("name").text();
    return ObjectKind.of(apiVersion, kindWord)
        .map(
            kind ->
                new KubeObject(
                    source,
                    root,
                    kind,
                    metadata.get("namespace").text(),
                    name.isEmpty() ? metadata.get("generateName").text() : name));
  }

  KubeNode spec() {
    return root.get("spec");
  }

  KubeNode metadata() {
    return root.get("metadata");
  }

  String annotation(String key) {
    return metadata().get("annotations").get(key).text();
  }

  /** {@code namespace/name}, or the name alone. */
  String id() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** For reasons: its kind and name, and its file where that is another one. */
  String named(SourceText readIn) {
    String where = source == readIn ? "" : " in `" + source.path() + "`";
    return objectKind.word() + " `" + name + "`" + where;
  }
}
