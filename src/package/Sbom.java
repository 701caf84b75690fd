import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

/**
 * The bill of materials of a package that has only some of the libraries, and a Java: {@code java
 * Sbom.java WHOLE PACKAGE OUT}. Run by src/package/debian/build.
 */
final class Sbom {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sbom() {}

  public static void main(String[] args) throws Exception {
    ObjectNode bom = (ObjectNode) JSON.readTree(new File(args[0]));
    Path program = Path.of(args[1]);
    String self = bom.at("/metadata/component/bom-ref").asText();
    Set<String> refs = keepComponents(bom, program.resolve("lib"));
    ObjectNode java = java(program.resolve("runtime/release"));
    bom.withArray("components").add(java);
    refs.add(java.path("bom-ref").asText());
    refs.add(self);
    keepDependencies(bom, refs, self, java.path("bom-ref").asText());
    bom.remove("serialNumber");
    byte[] content = JSON.writeValueAsString(bom).getBytes(StandardCharsets.UTF_8);
    bom.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(content));
    Files.writeString(
        Path.of(args[2]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bom) + "\n");
  }

  /** Keeps those whose jar is there, and returns their references. */
  private static Set<String> keepComponents(ObjectNode bom, Path lib) {
    Set<String> refs = new HashSet<>();
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode component : bom.path("components")) {
      String jar = component.path("name").asText() + "-" + component.path("version").asText();
      if (Files.exists(lib.resolve(jar + ".jar"))) {
        kept.add(component);
        refs.add(component.path("bom-ref").asText());
      }
    }
    bom.set("components", kept);
    return refs;
  }

  private static void keepDependencies(
      ObjectNode bom, Set<String> refs, String self, String java) {
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode dependency : bom.path("dependencies")) {
      String ref = dependency.path("ref").asText();
      if (refs.contains(ref)) {
        ArrayNode on = JSON.createArrayNode();
        dependency.path("dependsOn").forEach(it -> addIf(refs.contains(it.asText()), it, on));
        addIf(ref.equals(self), JSON.getNodeFactory().textNode(java), on);
        kept.addObject().put("ref", ref).set("dependsOn", on);
      }
    }
    bom.set("dependencies", kept);
  }

  private static void addIf(boolean wanted, JsonNode node, ArrayNode to) {
    if (wanted) {
      to.add(node);
    }
  }

  private static ObjectNode java(Path release) throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(release)) {
      properties.load(in);
    }
    String version = properties.getProperty("JAVA_VERSION").replace("\"", "");
    return JSON.createObjectNode()
        .put("type", "platform")
        .put("bom-ref", "pkg:generic/openjdk@" + version)
        .put("name", "openjdk")
        .put("version", version)
        .put("description", "modules " + properties.getProperty("MODULES").replace("\"", ""))
        .put("purl", "pkg:generic/openjdk@" + version);
  }
}
