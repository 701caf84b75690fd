/** Facts of a host, read from the running system or from a recorded tree. */
@NullMarked
package dev.policyctl.probe;

import org.jspecify.annotations.NullMarked;
