package dev.policyctl.format.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A container of a pod, as far as it tells who uses the volumes and how.
 *
 * @param imageName last part of the image's name, in lower case
 * @param tag empty when the image has none
 * @param commands base names of the words of its command lines
 * @param passages where settings may stand: arguments and environment first, then ConfigMaps
 * @param mounts by the volume's name
 */
record Container(
    String name,
    String imageName,
    String tag,
    List<String> commands,
    List<Passage> passages,
    Map<String, List<Mount>> mounts) {

  /**
   * @param path inside the container
   */
  record Mount(String path, boolean readOnly) {}

  /**
   * @param configs the ConfigMaps that volumes of the pod hold, by the volume's name
   */
  static Container read(
      KubeNode node, String namespace, Cluster cluster, Map<String, KubeObject> configs) {
    String image = node.get("image").text();
    String name = image.substring(image.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int digest = name.indexOf('@');
    String tagged = digest < 0 ? name : name.substring(0, digest);
    int colon = tagged.indexOf(':');
    Map<String, List<Mount>> mounts = mounts(node);
    List<Passage> passages = new ArrayList<>();
    addArguments(node, passages);
    addEnvironment(node, namespace, cluster, passages);
    configs.forEach(
        (volume, config) -> {
          if (mounts.containsKey(volume)) {
            addConfig(config, passages);
          }
        });
    return new Container(
        node.get("name").text(),
        colon < 0 ? tagged : tagged.substring(0, colon),
        colon < 0 ? "" : tagged.substring(colon + 1),
        commands(node),
        passages,
        mounts);
  }

  private static Map<String, List<Mount>> mounts(KubeNode node) {
    Map<String, List<Mount>> mounts = new HashMap<>();
    for (KubeNode mount : node.get("volumeMounts").items()) {
      mounts
          .computeIfAbsent(mount.get("name").text(), key -> new ArrayList<>(1))
          .add(new Mount(mount.get("mountPath").text(), mount.get("readOnly").isTrue()));
    }
    for (KubeNode device : node.get("volumeDevices").items()) {
      mounts
          .computeIfAbsent(device.get("name").text(), key -> new ArrayList<>(1))
          .add(new Mount(device.get("devicePath").text(), false));
    }
    return mounts;
  }

  private static List<String> commands(KubeNode node) {
    List<String> commands = new ArrayList<>();
    for (String key : List.of("command", "args")) {
      for (KubeNode argument : node.get(key).items()) {
        for (String word : argument.text().split("[\\s;&|]+", -1)) {
          commands.add(word.substring(word.lastIndexOf('/') + 1));
        }
      }
    }
    return commands;
  }

  /** One after another, so that an option and its value in two arguments stand together. */
  private static void addArguments(KubeNode node, List<Passage> passages) {
    StringBuilder line = new StringBuilder();
    List<Passage.Part> parts = new ArrayList<>();
    for (String key : List.of("command", "args")) {
      for (KubeNode argument : node.get(key).items()) {
        line.append(line.isEmpty() ? "" : " ");
        parts.add(new Passage.Part(line.length(), argument.span()));
        line.append(argument.text());
      }
    }
    if (!line.isEmpty()) {
      passages.add(Passage.of("argument", line.toString(), parts));
    }
  }

  private static void addEnvironment(
      KubeNode node, String namespace, Cluster cluster, List<Passage> passages) {
    for (KubeNode variable : node.get("env").items()) {
      String name = variable.get("name").text();
      KubeNode reference = variable.at("valueFrom", "configMapKeyRef");
      String value =
          reference.isPresent()
              ? config(reference, namespace, cluster)
                  .map(it -> it.root().get("data").get(reference.get("key").text()).text())
                  .orElse("")
              : variable.get("value").text();
      passages.add(
          Passage.of("environment variable", name + "=" + value, variable.get("name").span()));
    }
    for (KubeNode from : node.get("envFrom").items()) {
      config(from.get("configMapRef"), namespace, cluster)
          .ifPresent(
              it -> {
                for (KubeNode.Field entry : it.root().get("data").fields()) {
                  passages.add(
                      Passage.of(
                          "ConfigMap `" + it.name() + "`",
                          entry.name() + "=" + entry.value().text(),
                          Optional.empty()));
                }
              });
    }
  }

  static Optional<KubeObject> config(KubeNode reference, String namespace, Cluster cluster) {
    String name = reference.get("name").text();
    return name.isEmpty() ? Optional.empty() : cluster.find(ObjectKind.CONFIG_MAP, namespace, name);
  }

  private static void addConfig(KubeObject config, List<Passage> passages) {
    for (KubeNode.Field entry : config.root().get("data").fields()) {
      passages.add(
          Passage.of("ConfigMap `" + config.name() + "`", entry.value().text(), Optional.empty()));
    }
  }
}
