/** The original text of a definition, positions in it, and edits to it. */
@NullMarked
package dev.policyctl.source;

import org.jspecify.annotations.NullMarked;
