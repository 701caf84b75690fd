package dev.policyctl.model;

import java.util.Map;
import java.util.Optional;

/**
 * One volume as a definition declares it, before any storage or host is consulted.
 *
 * @param key its name in the definition: {@code scsi0}, {@code rootfs}, {@code vda}
 * @param section {@code current}, {@code pending} or {@code snapshot:NAME}
 * @param attached the guest gets it when it starts from this section
 * @param readOnly as effective, a template's volumes too
 * @param shared several guests or hosts write it at once
 * @param transientWrites what the guest writes is thrown away when it stops
 * @param backup part of the guest's backups; empty where the format knows no backups
 * @param cache as declared; empty when not declared
 * @param aio as declared; empty when not declared
 * @param options what else of the syntax decides, under the syntax's own names ({@code file},
 *     {@code media}, {@code direct-io}); read by the same format's {@link OpenRule} and {@link
 *     VolumeLocator} alone
 */
public record DeclaredVolume(
    String key,
    Role role,
    String section,
    boolean attached,
    boolean readOnly,
    boolean shared,
    boolean transientWrites,
    Optional<Boolean> backup,
    String cache,
    String aio,
    Map<String, String> options) {
  public static final String CURRENT = "current";
  public static final String PENDING = "pending";
  public static final String SNAPSHOT_PREFIX = "snapshot:";

  public DeclaredVolume {
    options = Map.copyOf(options);
  }

  /** The option's text; empty when it is not declared. */
  public String option(String name) {
    return options.getOrDefault(name, "");
  }

  public boolean isInSnapshot() {
    return section.startsWith(SNAPSHOT_PREFIX);
  }

  public boolean isWritten() {
    return attached && !readOnly && role.isWritten();
  }
}
