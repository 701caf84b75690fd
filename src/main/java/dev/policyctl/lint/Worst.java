package dev.policyctl.lint;

import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.Severity;
import dev.policyctl.policy.Verdict;
import java.util.Optional;

/** The worst of several judgements: the gravest failure, then what is not known. */
final class Worst {
  private Optional<Severity> failure = Optional.empty();
  private boolean unknown;

  void add(Judgement judgement, Severity severity) {
    if (judgement instanceof Judgement.Fail) {
      failure = failure.filter(known -> known.isAtLeast(severity)).or(() -> Optional.of(severity));
    } else if (judgement instanceof Judgement.Unknown || judgement instanceof Judgement.Broken) {
      // A policy that could not be evaluated has decided nothing.
      unknown = true;
    }
  }

  Verdict verdict() {
    if (failure.isPresent()) {
      return Verdict.FAIL;
    }
    return unknown ? Verdict.UNKNOWN : Verdict.PASS;
  }

  Optional<Severity> severity() {
    return failure;
  }
}
