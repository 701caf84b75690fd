package dev.policyctl.admission;

import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;

/**
 * What reviews are judged with at one moment. Immutable: the service puts another in its place when
 * something changes.
 *
 * @param surroundings policies and the facts of hosts
 * @param cluster the objects that others refer to
 */
public record World(Surroundings surroundings, Cluster cluster) {}
