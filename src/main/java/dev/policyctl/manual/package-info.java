/** The manual pages, made from picocli's description of the commands. */
@NullMarked
package dev.policyctl.manual;

import org.jspecify.annotations.NullMarked;
