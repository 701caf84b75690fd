package dev.policyctl.format.kubernetes;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;

/** The objects of a text: several documents, and the items of lists. */
final class ObjectReader {
  private static final String LIST = "List";

  private final SourceText source;
  private final List<KubeObject> objects = new ArrayList<>();

  private ObjectReader(SourceText source) {
    this.source = source;
  }

  /**
   * @param objects those of kinds that matter here, in the text's order
   */
  record Result(SourceText source, List<KubeObject> objects, List<Problem> problems) {}

  static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source, YamlReader.Dialect.KUBECTL);
    ObjectReader reader = new ObjectReader(source);
    for (YamlNode document : yaml.documents()) {
      reader.add(new YamlKubeNode(document), "", "");
    }
    return new Result(source, reader.objects, yaml.problems());
  }

  private void add(KubeNode node, String listVersion, String listedKind) {
    KubeNode stated = node.get("kind");
    String kind = stated.isPresent() ? stated.text() : listedKind;
    KubeNode version = node.get("apiVersion");
    String apiVersion = version.isPresent() ? version.text() : listVersion;
    if (kind.endsWith(LIST) && node.get("items").kind() == KubeNode.Kind.LIST) {
      String itemKind = kind.substring(0, kind.length() - LIST.length());
      node.get("items").items().forEach(item -> add(item, apiVersion, itemKind));
    } else {
      KubeObject.of(source, node, apiVersion, kind).ifPresent(objects::add);
    }
  }
}
