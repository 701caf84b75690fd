package dev.policyctl.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.policyctl.format.kubernetes.DocumentPatch;
import dev.policyctl.lint.FileResult;
import dev.policyctl.lint.Fixer;
import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Safety;
import dev.policyctl.policy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applies the safe fixes to an object that is about to be stored. */
final class Mutation {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The kinds with edits whose edited fields the API server lets change later (kubernetes.md §5.4:
   * a StorageClass' mountOptions; KubeVirt's machines are read at the next start).
   */
  private static final Set<String> CHANGEABLE =
      Set.of(
          "StorageClass",
          "VirtualMachine",
          "VirtualMachineInstanceReplicaSet",
          "VirtualMachinePool");

  /** For so many findings of one object cures are sought: each is proven, and somebody waits. */
  static final int MAX_CURES = 50;

  private final World world;

  Mutation(World world) {
    this.world = world;
  }

  /**
   * A changed object.
   *
   * @param operations a JSON Patch (RFC 6902), not empty
   * @param cured the findings that are gone, with what was done in their help
   */
  record Changed(ArrayNode operations, List<Finding> cured) {}

  /** Empty where nothing is to be changed: also for an object that was changed before. */
  Optional<Changed> of(Review review) {
    boolean may =
        review.operation() == Review.Operation.CREATE || CHANGEABLE.contains(review.kind());
    if (!may || !review.isJudged() || !review.subResource().isEmpty()) {
      return Optional.empty();
    }
    return ObjectJudge.judge(review.object(), world)
        .filter(result -> hasNewCurable(review, result))
        .flatMap(result -> change(review));
  }

  private boolean hasNewCurable(Review review, FileResult result) {
    List<Finding> curable = result.findings().stream().filter(Mutation::isCurable).toList();
    if (curable.isEmpty() || curable.size() > MAX_CURES) {
      return false;
    }
    Set<Hazard> before = Hazard.before(review, world);
    return curable.stream().anyMatch(finding -> !before.contains(Hazard.of(finding)));
  }

  private static boolean isCurable(Finding finding) {
    return finding.verdict() == Verdict.FAIL
        && finding.fixes().stream()
            .anyMatch(fix -> fix.safety() == Safety.SAFE && fix.change().isPresent());
  }

  private Optional<Changed> change(Review review) {
    Fixer.Fixed fixed = ObjectJudge.fix(review.object(), world);
    if (!fixed.isChanged()) {
      return Optional.empty();
    }
    try {
      ArrayNode operations =
          DocumentPatch.operations(
              review.object(), JSON.readTree(fixed.definition().text().text()));
      return Optional.of(new Changed(operations, fixed.fixed()));
    } catch (JsonProcessingException e) {
      // Invariant: an edited text was parsed again before it was accepted.
      throw new IllegalStateException("a fixed object is no JSON", e);
    }
  }
}
