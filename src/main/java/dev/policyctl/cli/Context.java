package dev.policyctl.cli;

import dev.policyctl.lint.Surroundings;
import dev.policyctl.policy.Severity;

/**
 * With what the definitions of a directory are judged.
 *
 * @param failOn from which severity on a finding counts for the exit code
 * @param allowUnknown whether an unknown counts for it
 * @param accepted where it is written what does not count
 */
record Context(
    Surroundings surroundings, Severity failOn, boolean allowUnknown, Accepted accepted) {}
