/** Changes of a definition: written as edits, proven before anybody may apply them. */
@NullMarked
package dev.policyctl.fix;

import org.jspecify.annotations.NullMarked;
