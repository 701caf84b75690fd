/** Saying yes: what a person has accepted although a policy objects, with a reason and an end. */
@NullMarked
package dev.policyctl.exception;

import org.jspecify.annotations.NullMarked;
