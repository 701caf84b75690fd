/**
 * Kubernetes: KubeVirt machines, workloads, claims, volumes and storage classes, joined over the
 * files of a run.
 */
@NullMarked
package dev.policyctl.format.kubernetes;

import org.jspecify.annotations.NullMarked;
