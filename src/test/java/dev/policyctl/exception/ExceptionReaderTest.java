package dev.policyctl.exception;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionReaderTest {
  private static final String GOOD =
      """
      apiVersion: policyctl.dev/v1alpha1
      kind: StoragePolicyException
      metadata: {name: build-cache}
      spec:
        policies: [nodatacow-without-backup]
        match: {paths: ["nodes/pve1/**"], guests: ["901"], volumes: [scsi1]}
        reason: rebuilt every night
        until: 2027-03-01
      """;

  private static ExceptionReader.Result read(String text) {
    return ExceptionReader.read(SourceText.of("e.yaml", text));
  }

  private static Concern concern(String path, String guest, String volume) {
    return new Concern(
        path, "proxmox-qemu", guest, volume, "current", "btr", "nodatacow-without-backup");
  }

  @ParameterizedTest
  @CsvSource({
    "nodes/pve1/100.conf, 901, scsi1, 2027-03-01, true",
    "nodes/pve1/100.conf, 901, scsi1, 2027-03-02, false",
    "nodes/pve2/100.conf, 901, scsi1, 2027-03-01, false",
    "nodes/pve1/100.conf, 902, scsi1, 2027-03-01, false",
    "nodes/pve1/100.conf, 901, scsi0, 2027-03-01, false",
    "'', 901, scsi1, 2027-03-01, false",
  })
  void coversWhereAllMatchUntilTheLastDay(
      String path, String guest, String volume, LocalDate today, boolean covers) {
    StoragePolicyException exception = read(GOOD).exceptions().get(0);
    assertEquals(covers, exception.covers(concern(path, guest, volume), today));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reason: rebuilt every night | reason: '' | `reason` is empty
          reason: rebuilt every night | reasons: x | `spec` lacks `reason`
          2027-03-01 | tomorrow | `until` is no day: `tomorrow`
          2027-03-01 | 2027-02-30 | `until` is no day: `2027-02-30`
          guests: ["901"] | guests: [901] | `guests[]` must be a string, not a number
          guests: ["901"] | guest: ["901"] | unknown key `guest` in `match`
          policies: | policy: | `spec` lacks `policies`
          kind: StoragePolicyException | kind: StoragePolicyExeption | unknown value `StoragePolicyExeption` of `kind`
          """)
  void tellsWhatIsWrongAndDoesNotHold(String right, String wrong, String message) {
    ExceptionReader.Result result = read(GOOD.replace(right, wrong));
    assertEquals(message, result.problems().get(0).message());
    assertEquals(List.of(), result.exceptions());
  }

  @Test
  void refusesToAcceptEverything() {
    String text = GOOD.replaceAll("match: .*", "match: {}");
    assertTrue(read(text).problems().get(0).message().startsWith("`match` names nothing"));
    assertEquals(List.of(), read(text).exceptions());
  }

  @Test
  void reachesNoFurtherThanItsNamespace() {
    String text =
        GOOD.replace("{name: build-cache}", "{name: build-cache, namespace: vms}")
            .replaceAll("match: .*", "match: {volumes: [root]}");
    StoragePolicyException exception = read(text).exceptions().get(0);
    LocalDate today = LocalDate.parse("2027-01-01");
    assertTrue(exception.covers(cluster("vms/shop"), today));
    assertEquals(false, exception.covers(cluster("other/shop"), today));
  }

  private static Concern cluster(String guest) {
    return new Concern("", "kubevirt-vm", guest, "root", "current", "", "nodatacow-without-backup");
  }
}
