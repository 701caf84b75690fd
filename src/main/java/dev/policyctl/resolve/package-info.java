/** Declared values and host facts become effective values. */
@NullMarked
package dev.policyctl.resolve;

import org.jspecify.annotations.NullMarked;
