/** HostFacts documents, in and out. */
@NullMarked
package dev.policyctl.facts;

import org.jspecify.annotations.NullMarked;
