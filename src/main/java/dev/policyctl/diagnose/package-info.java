/** From scrub output and kernel log lines back to the files, the guests and their definitions. */
@NullMarked
package dev.policyctl.diagnose;

import org.jspecify.annotations.NullMarked;
