/** Completion of the command line in shells, made from picocli's description of the commands. */
@NullMarked
package dev.policyctl.completion;

import org.jspecify.annotations.NullMarked;
