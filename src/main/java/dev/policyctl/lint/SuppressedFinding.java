package dev.policyctl.lint;

import dev.policyctl.exception.Suppression;
import dev.policyctl.policy.Finding;

/** A finding that somebody has accepted, and where. */
public record SuppressedFinding(Finding finding, Suppression by) {

  SuppressedFinding in(String path) {
    return new SuppressedFinding(finding.in(path), by);
  }
}
