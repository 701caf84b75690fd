package dev.policyctl.lint;

import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.format.kubernetes.KubeObject;
import dev.policyctl.format.kubernetes.KubernetesFormat;

/**
 * Judges one object of a cluster, which stands in no file, among the others, and tells of every
 * volume what came of it. Thread-safe.
 */
public final class ObjectLinter {
  private static final KubernetesFormat FORMAT = new KubernetesFormat();
  private static final Linter LINTER = Linter.withoutFixes().keepingSubjects();

  private ObjectLinter() {}

  public static FileResult lint(KubeObject object, Cluster cluster, Surroundings surroundings) {
    Definition definition = new Definition(object.source(), "", FORMAT);
    return LINTER.lint(new Parsed(definition, FORMAT.parse(object, cluster), surroundings));
  }
}
