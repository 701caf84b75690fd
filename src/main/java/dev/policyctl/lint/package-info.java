/** The use case: definitions, what surrounds them and policies become findings. */
@NullMarked
package dev.policyctl.lint;

import org.jspecify.annotations.NullMarked;
