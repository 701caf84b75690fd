package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.CompiledPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the build leaves among the program's resources is what the policies' files say. */
class BundledPoliciesArchiveTest {

  @Test
  void archiveHoldsWhatTheFilesSay() throws IOException {
    List<CheckedPolicy> archived = BundledPolicies.read();
    List<CheckedPolicy> compiled = BundledPolicies.compile(Path.of("policies"));
    assertEquals(compiled.size(), archived.size());
    for (int i = 0; i < compiled.size(); i++) {
      assertEquals(words(compiled.get(i)), words(archived.get(i)));
    }
  }

  /** All that a run uses of a policy: texts, places and the expressions that decide. */
  private static List<String> words(CheckedPolicy policy) {
    List<String> words = new ArrayList<>();
    words.add(policy.policy().toString().replaceAll("@[0-9a-f]+", ""));
    words.add(policy.policy().at().toString());
    policy
        .policy()
        .validations()
        .forEach(validation -> words.add(validation.expression().location().toString()));
    policy
        .policy()
        .fixes()
        .forEach(fix -> words.add(fix.title() + fix.safety() + fix.set() + fix.steps()));
    CompiledPolicy ready = new CompiledPolicy(policy);
    words.add(ready.reads().toString());
    return words;
  }

  @Test
  void lintWithBundledPoliciesLoadsNoCompiler() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.policyctl.cli.Policyctl",
                "lint",
                "--storage-cfg",
                "examples/proxmox/storage.cfg",
                "--facts",
                "examples/proxmox/pve1.facts.yaml",
                "examples/proxmox/nodes/pve1/qemu-server/100.conf")
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), loaded);
    assertTrue(loaded.contains("dev.cel.runtime"), loaded);
    assertFalse(loaded.contains("dev.cel.compiler.CelCompilerImpl"), "the CEL compiler is loaded");
    assertFalse(loaded.contains("dev.cel.checker.ExprChecker"), "the CEL checker is loaded");
    assertFalse(loaded.contains("org.antlr"), "ANTLR is loaded");
  }
}
