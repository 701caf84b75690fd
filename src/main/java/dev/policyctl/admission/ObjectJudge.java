package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.format.kubernetes.JsonKubeNode;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.format.kubernetes.KubernetesFormat;
import dev.policyctl.lint.Definition;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Linter;
import dev.policyctl.lint.Parsed;
import java.util.Optional;

/** Judges one object out of a review as {@code lint} judges it in a file. */
final class ObjectJudge {
  private static final KubernetesFormat FORMAT = new KubernetesFormat();
  private static final Linter LINTER = Linter.withoutFixes();

  private ObjectJudge() {}

  /** Empty for an object of a kind that says nothing about storage. */
  static Optional<FileResult> judge(JsonNode object, World world) {
    return KubeObject.inCluster(new JsonKubeNode(object)).map(known -> judge(known, world));
  }

  private static FileResult judge(KubeObject object, World world) {
    Definition definition = new Definition(object.source(), "", FORMAT);
    return LINTER.lint(
        new Parsed(definition, FORMAT.parse(object, world.cluster()), world.surroundings()));
  }
}
