package dev.policyctl.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.Field;
import dev.policyctl.policy.Admission.Action;
import dev.policyctl.source.SourceText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyReaderTest {

  @Test
  void readsEverythingThatAPolicySays() {
    String text =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicy
        metadata: {name: sample, labels: {team: storage}, annotations: {note: x}}
        spec:
          title: Sample title
          severity: warning
          description: |
            two
            lines
          references: [https://example.org/]
          target: volume
          matchConditions: [{name: m, expression: volume.written}]
          variables: [{name: v, expression: volume.io.direct}]
          validations: [{expression: "!variables.v", message: text, messageExpression: volume.key}]
          fixes:
            - {title: by hand, safety: manual, steps: ["lsattr {storage.path}"]}
            - {title: by edit, safety: safe, when: "!variables.v", set: {volume.io.direct: false, volume.cache: writeback}}
          help: look at {storage.path}
          admission: {fail: audit, unknown: deny}
        """;
    PolicyReader.Result result = PolicyReader.read(SourceText.of("p.yaml", text));
    assertEquals(List.of(), result.problems());
    Policy policy = result.policies().get(0);
    assertEquals("sample", policy.name());
    assertEquals("p.yaml:3:18", policy.at().toString());
    assertEquals("sample title", policy.titleAsMessage());
    assertEquals(Severity.WARNING, policy.severity());
    assertEquals("two\nlines", policy.description());
    assertEquals(List.of("https://example.org/"), policy.references());
    assertEquals(Target.VOLUME, policy.target());
    assertEquals("volume.written", policy.matchConditions().get(0).expression().text());
    assertEquals("v", policy.variables().get(0).name());
    assertEquals("text", policy.validations().get(0).message());
    assertEquals(
        List.of("by edit", "by hand"), policy.fixes().stream().map(Policy.Fix::title).toList());
    assertEquals(
        Map.of(Field.VOLUME_IO_DIRECT, false, Field.VOLUME_CACHE, "writeback"),
        policy.fixes().get(0).set());
    assertEquals("lsattr {storage.path}", policy.fixes().get(1).steps().get(0).toString());
    assertEquals("look at {storage.path}", policy.help().orElseThrow().toString());
    assertEquals(new Admission(Action.AUDIT, Action.DENY), policy.admission());
  }

  @ParameterizedTest
  @CsvSource({"error,DENY", "warning,WARN", "info,AUDIT"})
  void answersByItsSeverityWhereItDoesNotSay(String severity, Action fail) {
    Policy policy =
        Subjects.policy(
            "title: x\nseverity: %s\ntarget: guest\nvalidations: [{expression: 'true'}]"
                .formatted(severity));
    assertEquals(new Admission(fail, Action.WARN), policy.admission());
  }

  @Test
  void keepsTheSoundPoliciesOfAFileBesideABrokenOne() {
    String sound =
        """
        apiVersion: policyctl.dev/v1alpha1
        kind: StoragePolicy
        metadata: {name: %s}
        spec: {title: x, severity: info, target: guest, validations: [{expression: "true"}]}
        ---
        """;
    SourceText source =
        SourceText.of("p.yaml", sound.formatted("a") + sound.formatted("B") + sound.formatted("c"));
    PolicyReader.Result result = PolicyReader.read(source);
    assertEquals(List.of("a", "c"), result.policies().stream().map(Policy::name).toList());
    assertEquals(1, result.problems().size());
  }

  @Test
  void namesFieldsInTemplatesAndLeavesOtherBracesAlone() {
    Template template = Template.parse("{a} {storage.path}{ } ${HOME} {storage.profiles} {");
    assertTrue(template.unknownPaths(Target.STORAGE).isEmpty());
    assertEquals(
        "{a} '/mnt/a b'{ } ${HOME} raid1,dup {",
        template.render(
            Subjects.of(Target.STORAGE, "storage.profiles=raid1,dup")
                .with()
                .set(Field.STORAGE_PATH, "/mnt/a b")
                .build()));
  }
}
