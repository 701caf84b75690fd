/** What every definition format provides. */
@NullMarked
package dev.policyctl.format;

import org.jspecify.annotations.NullMarked;
