package dev.policyctl.policy;

import dev.policyctl.model.Field;
import dev.policyctl.source.Problem;
import java.util.Set;

/** What a policy's conditions come to for one subject. */
public sealed interface Judgement {

  /**
   * @param applies false when a match condition does not hold: the subject is not this policy's
   */
  record Pass(boolean applies) implements Judgement {}

  /**
   * @param validation index of the first validation that does not hold
   */
  record Fail(int validation) implements Judgement {}

  /**
   * @param undecided the unknown fields that the undecided side read, behind a variable too, in the
   *     order of {@link CompiledPolicy#reads()}
   */
  record Unknown(Set<Field<?>> undecided) implements Judgement {}

  /** An expression could not be evaluated: the policy is wrong, and nothing is decided. */
  record Broken(Problem problem) implements Judgement {}
}
