package dev.policyctl.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.testing.ApiDocument;
import dev.policyctl.testing.TlsClient;
import dev.policyctl.testing.TlsFiles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine over HTTP answers as the command line does. */
@QuarkusTest
@QuarkusTestResource(value = TlsFiles.class, restrictToAnnotatedClass = true)
class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GUEST = "scsi0: tank:101/vm-101-disk-0.raw,cache=none,size=8G\n";

  private static final String STORAGE = "btrfs: tank\n\tpath /mnt/tank\n\tcontent images\n";

  @Test
  void judgesADefinitionWithWhatStandsBesideIt() throws Exception {
    HttpResponse<String> response =
        postParts(
            "/api/v1/lint?path=nodes/pve1/qemu-server/101.conf",
            Map.of("definition", GUEST, "storageCfg", STORAGE));
    JsonNode report = JSON.readTree(response.body());
    assertEquals("policyctl.dev/lint/v1", report.path("schema").asText(), response.body());
    JsonNode finding = report.path("findings").get(0);
    assertEquals("direct-io-on-checksummed-data", finding.path("policy").asText());
    assertEquals("pve1", finding.path("host").asText());
    assertEquals("cache=writeback", finding.at("/fixes/0/edits/0/text").asText(), response.body());
  }

  @Test
  void takesADefinitionAsItIs() throws Exception {
    HttpResponse<String> response = post("/api/v1/lint?as=proxmox-qemu&report=text", GUEST);
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("1 file, 1 guest, 1 volume"), response.body());
  }

  @Test
  void showsTheResolvedModel() throws Exception {
    HttpResponse<String> response =
        postParts(
            "/api/v1/inspect?as=proxmox-qemu", Map.of("definition", GUEST, "storageCfg", STORAGE));
    JsonNode volume = JSON.readTree(response.body()).at("/subjects/0/volumes/0");
    assertTrue(volume.at("/io/direct").asBoolean(), response.body());
    assertEquals("btrfs", volume.at("/storage/filesystem").asText());
  }

  @Test
  void listsThePoliciesInForce() throws Exception {
    JsonNode policies = JSON.readTree(get("/api/v1/policies").body());
    assertEquals(15, policies.size());
    assertEquals(
        "{\"name\":\"unsafe-cache\",\"title\":\"Cache mode that drops flushes\",\"severity\":\"warning\","
            + "\"target\":\"volume\",\"inForce\":true,"
            + "\"admission\":{\"fail\":\"warn\",\"unknown\":\"warn\"}}",
        policies.get(14).toString());
  }

  @Test
  void saysWhatCannotBeJudged() throws Exception {
    assertRefused("/api/v1/lint?as=proxmox-qemux", GUEST, "unknown format `proxmox-qemux`: ");
    assertRefused("/api/v1/lint?report=pdf", GUEST, "unknown report `pdf`: text, json");
    assertRefused("/api/v1/lint", "what is this", "the format was not found out");
    assertRefused("/api/v1/lint?as=proxmox-qemu", "", "the definition is empty");
  }

  @Test
  void everyReportIsOfItsType() throws Exception {
    for (ReportFormat format : ReportFormat.values()) {
      HttpResponse<String> response =
          post("/api/v1/lint?as=proxmox-qemu&report=" + format.word(), GUEST);
      String type = response.headers().firstValue("Content-Type").orElse("");
      assertEquals(format.mediaType() + ";charset=utf-8", type.replace("UTF-8", "utf-8"));
    }
    String sarif = post("/api/v1/lint?as=proxmox-qemu&report=sarif", GUEST).body();
    assertEquals(15, JSON.readTree(sarif).at("/runs/0/tool/driver/rules").size(), sarif);
    String html = post("/api/v1/lint?as=proxmox-qemu&report=html", GUEST).body();
    assertTrue(html.contains("<li class=\"chip"), html);
  }

  @Test
  void describesItself() throws Exception {
    HttpResponse<String> response = get("/api/v1/openapi.yaml");
    assertEquals(Files.readString(ApiDocument.FILE), response.body());
  }

  private static void assertRefused(String path, String body, String reason) throws Exception {
    HttpResponse<String> response = post(path, body);
    assertEquals(400, response.statusCode());
    String error = JSON.readTree(response.body()).path("error").asText();
    assertTrue(error.startsWith(reason), error);
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return told("post", TlsClient.post(path, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse<String> postParts(String path, Map<String, String> parts)
      throws Exception {
    return told("post", TlsClient.postParts(path, parts));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return told("get", TlsClient.get(path));
  }

  /** Every answer is what the OpenAPI document says. */
  private static HttpResponse<String> told(String verb, HttpResponse<String> response)
      throws Exception {
    ApiDocument.read().assertTells(verb, response);
    return response;
  }

  @Test
  void aBodyAboveTheLimitIsRefusedAsDescribed() throws Exception {
    assertEquals(413, post("/api/v1/lint", "x".repeat(9 << 20)).statusCode());
  }

  @Test
  void kubernetesObjectsAreJudgedByTheFactsThatCome() throws Exception {
    String machine =
        """
        apiVersion: kubevirt.io/v1
        kind: VirtualMachine
        metadata: {name: m}
        spec:
          template:
            spec:
              domain: {devices: {disks: [{name: root, cache: none, disk: {bus: virtio}}]}}
              volumes: [{name: root, hostDisk: {path: /srv/data/disk.img, type: Disk}}]
        """;
    String facts = Files.readString(Path.of("examples/kubernetes/worker1.facts.yaml"));
    HttpResponse<String> response =
        postParts("/api/v1/lint", Map.of("definition", machine, "facts", facts));
    assertTrue(response.body().contains("\"fail\" : 1"), response.body());
  }
}
