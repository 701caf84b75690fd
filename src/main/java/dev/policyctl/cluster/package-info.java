/** A Kubernetes cluster: what is watched in it, and what is written there. */
@NullMarked
package dev.policyctl.cluster;

import org.jspecify.annotations.NullMarked;
