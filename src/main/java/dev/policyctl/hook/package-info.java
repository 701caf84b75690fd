/** The files that make a host call this program when a guest starts. */
@NullMarked
package dev.policyctl.hook;

import org.jspecify.annotations.NullMarked;
