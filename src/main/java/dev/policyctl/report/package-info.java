/** Renderings of the same findings. */
@NullMarked
package dev.policyctl.report;

import org.jspecify.annotations.NullMarked;
