package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.format.kubernetes.KubernetesFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.ObjectLinter;
import dev.policyctl.lint.Parsed;
import dev.policyctl.source.SourceText;
import java.util.Optional;

/** Judges one object out of a review as {@code lint} judges it in a file. */
final class ObjectJudge {
  private static final KubernetesFormat FORMAT = new KubernetesFormat();
  private static final Linter WITH_FIXES = new Linter(false);
  private static final Fixer FIXER = new Fixer(WITH_FIXES, false);

  private ObjectJudge() {}

  /** Empty for a missing object, and one of a kind that says nothing about storage. */
  static Optional<FileResult> judge(JsonNode object, World world) {
    return KubeObject.inCluster(new JsonKubeNode(object))
        .map(known -> ObjectLinter.lint(known, world.cluster(), world.surroundings()));
  }

  /** The same with the edits that would cure: slower, because edits are proven on a text. */
  static FileResult judgeWithFixes(JsonNode object, World world) {
    return WITH_FIXES.lint(asText(object, world));
  }

  /** The object as its safe fixes leave it. */
  static Fixer.Fixed fix(JsonNode object, World world) {
    return FIXER.fix(asText(object, world));
  }

  private static Parsed asText(JsonNode object, World world) {
    SourceText text = SourceText.of("", object.toPrettyString());
    return new Parsed(
        new Definition(text, "", FORMAT),
        FORMAT.parse(text, world.cluster()),
        world.surroundings());
  }
}
