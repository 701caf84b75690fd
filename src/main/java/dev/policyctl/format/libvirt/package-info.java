/** libvirt: domains, domain snapshots, storage pools and volumes. */
@NullMarked
package dev.policyctl.format.libvirt;

import org.jspecify.annotations.NullMarked;
