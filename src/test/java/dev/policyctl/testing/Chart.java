package dev.policyctl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Helm chart, rendered by Helm itself. */
public final class Chart {
  public static final Path FOLDER = Path.of("helm/policyctl");
  private static final Path VARIANTS = FOLDER.resolve("ci");

  /** Else the library takes one that is older than the chart wants. */
  private static final String KUBERNETES = "1.35.0";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Chart() {}

  public static Helm helm() {
    return new Helm(FOLDER);
  }

  /** For a release {@code policyctl} in a namespace of this name. */
  public static TemplateCommand template() {
    return helm()
        .template()
        .withName("policyctl")
        .withNamespace("policyctl")
        .withKubeVersion(KUBERNETES);
  }

  /** As {@code helm template} prints it, with the values of a variant. */
  public static String render(String variant) {
    return template().withValuesFile(valuesOf(variant)).call();
  }

  private static Path valuesOf(String variant) {
    return VARIANTS.resolve(variant + "-values.yaml");
  }

  /** The names of the sets of values that the chart is tried with, beside its defaults. */
  public static List<String> variants() throws IOException {
    try (Stream<Path> files = Files.list(VARIANTS)) {
      return files
          .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
          .sorted()
          .toList();
    }
  }

  /** The objects of a text with several documents. */
  public static List<JsonNode> objects(String manifests) {
    List<JsonNode> objects = new ArrayList<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    for (Object object : yaml.loadAll(manifests)) {
      if (object != null) {
        objects.add(JSON.valueToTree(object));
      }
    }
    return objects;
  }

  /** Those of one kind. */
  public static List<JsonNode> objects(String manifests, String kind) {
    return objects(manifests).stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .toList();
  }

  /**
   * As {@link #render} with the pods of {@code helm test} among the objects, which Helm leaves out.
   *
   * @param scratch an empty folder
   */
  public static String renderWithTests(String variant, Path scratch) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = scratch.resolve(FOLDER.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, Files.readString(file).replace("helm.sh/hook: test", "test: x"));
      }
    }
    return new Helm(scratch)
        .template()
        .withName("policyctl")
        .withNamespace("policyctl")
        .withKubeVersion(KUBERNETES)
        .withValuesFile(valuesOf(variant))
        .call();
  }

  /** What is installed: without the pods of {@code helm test}. */
  public static String withoutTests(String manifests) {
    return manifests.replaceAll("(?s)---\n# Source: [^\n]*templates/tests/.*?(?=---\n|$)", "");
  }
}
