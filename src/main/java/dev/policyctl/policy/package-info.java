/** Policies, their conditions, verdicts and findings. */
@NullMarked
package dev.policyctl.policy;

import org.jspecify.annotations.NullMarked;
