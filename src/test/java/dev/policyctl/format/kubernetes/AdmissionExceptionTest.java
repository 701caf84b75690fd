package dev.policyctl.format.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.policyctl.admission.Outcome;
import dev.policyctl.admission.Review;
import dev.policyctl.admission.Review.Operation;
import dev.policyctl.admission.Reviewer;
import dev.policyctl.admission.World;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.source.SourceText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A review obeys exceptions, and nothing that an object says of itself. */
class AdmissionExceptionTest {
  private static final String POLICY = "direct-io-on-checksummed-data";
  private static final String MACHINE =
      """
      {"apiVersion": "kubevirt.io/v1", "kind": "VirtualMachine",
       "metadata": {"name": "shop", "namespace": "vms", "annotations":
         {"policyctl.dev/allow": "direct-io-on-checksummed-data until=2999-01-01 reason=mine"}},
       "spec": {"template": {"spec": {
         "domain": {"devices": {"disks": [{"name": "root", "cache": "none", "disk": {}}]}},
         "volumes": [{"name": "root", "hostDisk": {"path": "/srv/btr/r.img", "type": "Disk"}}]}}}}
      """;
  private static final String FACTS =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: HostFacts
      metadata: {name: node1}
      spec:
        kernel: {release: 6.8.0}
        filesystems:
          - {mountPoint: /srv/btr, type: btrfs, options: [rw], btrfs: {dataProfiles: [single]}, below: []}
      """;

  private static Exceptions exceptions(String match, LocalDate today) {
    String text =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicyException
        metadata: {name: e}
        spec: {policies: [%s], match: {%s}, reason: why, until: 2027-03-01}
        """
            .formatted(POLICY, match);
    List<Exceptions.Scoped> documents =
        ExceptionReader.read(SourceText.of("e.yaml", text)).exceptions().stream()
            .map(it -> new Exceptions.Scoped(it, ""))
            .toList();
    return new Exceptions(documents, Optional.empty(), false, () -> today);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          guests: [vms/shop]              | 2027-03-01 | true
          namespaces: [vms]               | 2027-03-01 | true
          guests: [vms/*], volumes: [root] | 2027-03-01 | true
          namespaces: [vms]               | 2027-03-02 | false
          namespaces: [other]             | 2027-03-01 | false
          paths: ['**']                   | 2027-03-01 | false
          """)
  void admitsWhatIsAccepted(String match, LocalDate today, boolean admitted)
      throws JsonProcessingException {
    Surroundings surroundings =
        new Surroundings(
                StorageCatalog.NONE,
                HostFactsReader.read(SourceText.of("f.yaml", FACTS)).hosts(),
                Optional.empty(),
                PolicyFiles.load(List.of()).policies())
            .withExceptions(exceptions(match, today));
    World world = new World(surroundings, Cluster.of(List.of()));
    List<Outcome> outcomes = new ArrayList<>();
    JsonNode machine = new ObjectMapper().readTree(MACHINE);
    new Reviewer(() -> world, (review, outcome) -> outcomes.add(outcome), true)
        .validate(
            new Review(
                "1",
                Operation.CREATE,
                "",
                "VirtualMachine",
                "vms",
                "shop",
                machine,
                MissingNode.getInstance(),
                false));
    assertEquals(admitted, outcomes.get(0).isAllowed());
  }
}
