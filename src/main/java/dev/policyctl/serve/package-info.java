/** The entry points of the service and how its parts are put together. */
@NullMarked
package dev.policyctl.serve;

import org.jspecify.annotations.NullMarked;
