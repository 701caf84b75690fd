/** Proxmox VE: virtual machines, containers and {@code storage.cfg}. */
@NullMarked
package dev.policyctl.format.proxmox;

import org.jspecify.annotations.NullMarked;
