package dev.policyctl.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import dev.policyctl.serve.ServeCommand;
import dev.policyctl.testing.ApiServer;
import dev.policyctl.testing.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.Option;

/** The Helm chart, rendered by Helm itself. */
class ChartTest {
  private static final Path CHART = Path.of("helm/policyctl");

  /** Everything switched on. */
  private static final String ALL =
      """
      certificate: {source: cert-manager}
      reports: {api: openreports}
      httpApi: true
      autoscaling: {enabled: true}
      networkPolicy: {enabled: true}
      serviceMonitor: {enabled: true}
      dashboard: {enabled: true}
      webhook:
        failurePolicy: Fail
        exemptNamespaces: [storage]
        matchConditions: [{name: not-mine, expression: "request.namespace != 'mine'"}]
      policies:
        mine: |
          apiVersion: policyctl.dev/v1alpha1
          kind: StoragePolicy
      image: {pullSecrets: [{name: registry}]}
      commonLabels: {team: storage}
      podAnnotations: {a: b}
      tolerations: [{operator: Exists}]
      nodeSelector: {a: b}
      priorityClassName: system-cluster-critical
      extraArgs: ["--facts=/etc/facts"]
      """;

  @TempDir Path temporary;

  private static TemplateCommand template() {
    return new Helm(CHART).template().withName("policyctl").withNamespace("policyctl");
  }

  private String withEverything() throws IOException {
    Path values = Files.writeString(temporary.resolve("all.yaml"), ALL);
    return template().withValuesFile(values).call();
  }

  @Test
  void helmHasNothingToSay() {
    LintResult result = new Helm(CHART).lint().strict().call();
    assertFalse(result.isFailed(), result.getMessages().toString());
  }

  @Test
  void plainManifestsAreWhatTheChartRenders() throws IOException {
    String crds = "";
    for (String name : List.of("hostfacts", "storagepolicies")) {
      crds += "---\n" + Files.readString(CHART.resolve("crds/" + name + ".yaml"));
    }
    String namespace =
        """
        # Rendered from helm/policyctl with its default values; not to be edited.
        apiVersion: v1
        kind: Namespace
        metadata: {name: policyctl}
        """;
    String rendered =
        template().call().replaceAll("(?s)---\n# Source: [^\n]*templates/tests/.*?(?=---\n|$)", "");
    GeneratedFile.assertIs(Path.of("deploy/policyctl.yaml"), namespace + crds + rendered);
  }

  @Test
  void everyManifestIsYaml() throws IOException {
    for (String manifests : List.of(template().call(), withEverything())) {
      int objects = 0;
      for (Object object : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(manifests)) {
        assertTrue(object == null || object.toString().contains("kind="), String.valueOf(object));
        objects++;
      }
      assertTrue(objects >= 8, manifests);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "replica, 3",
    "replicas, 0",
    "webhook.failurePolicy, Maybe",
    "webhook.timeoutSeconds, 60",
    "reports.api, kyverno",
    "certificate.source, none"
  })
  void aMistakenValueIsRefused(String name, String value) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> template().set(name, value).call());
    assertTrue(
        refused.getMessage().contains("values don't meet the specifications"),
        refused.getMessage());
  }

  @Test
  void theServiceKnowsEveryOptionThatItIsGiven() throws IOException {
    Set<String> known = new TreeSet<>();
    for (var field : ServeCommand.class.getDeclaredFields()) {
      Option option = field.getAnnotation(Option.class);
      if (option != null) {
        known.addAll(List.of(option.names()));
      }
    }
    Set<String> given = new TreeSet<>();
    Matcher option =
        Pattern.compile("- \"?(--[a-z-]+)").matcher(template().call() + withEverything());
    while (option.find()) {
      given.add(option.group(1));
    }
    assertTrue(given.size() > 10, given.toString());
    given.removeAll(known);
    assertEquals(Set.of(), given);
  }

  @Test
  void theSwitchLeavesNoWebhook() {
    assertFalse(template().set("webhook.enabled", false).call().contains("WebhookConfiguration"));
  }

  @Test
  void neverAsksForWhatWouldHoldUpTheClustersOwnRecovery() throws IOException {
    String webhooks =
        Stream.of(withEverything().split("\n---\n"))
            .filter(manifest -> manifest.contains("WebhookConfiguration"))
            .collect(Collectors.joining());
    assertTrue(webhooks.contains("persistentvolumeclaims"), webhooks);
    for (String never : List.of("nodes", "certificatesigningrequests", "leases", "*/*")) {
      assertFalse(webhooks.contains("[" + never), webhooks);
    }
  }

  @Test
  void anApiServerAcceptsEveryManifest() throws Exception {
    ApiServer.assumeAvailable();
    Path scratch = Files.createDirectory(temporary.resolve("server"));
    try (ApiServer server = ApiServer.start(scratch)) {
      server.kubectl("create", "namespace", "policyctl");
      server.kubectl(
          "apply",
          "-f",
          CHART.resolve("crds").toString(),
          "-f",
          "src/test/resources/cluster/others.yaml");
      server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s");
      Path all = Files.writeString(temporary.resolve("all-on.yaml"), withEverything());
      for (Path manifests : List.of(Path.of("deploy/policyctl.yaml"), all)) {
        String said =
            server.kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--validate=strict",
                "-f",
                manifests.toString());
        for (String line : said.lines().toList()) {
          assertTrue(
              line.contains("serverside-applied") || line.startsWith("Warning: resource"), said);
        }
      }
    }
  }
}
