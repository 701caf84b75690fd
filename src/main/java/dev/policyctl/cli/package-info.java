/** The command line. */
@NullMarked
package dev.policyctl.cli;

import org.jspecify.annotations.NullMarked;
