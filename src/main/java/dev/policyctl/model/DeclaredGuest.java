package dev.policyctl.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One guest as its definition declares it.
 *
 * @param format name of the definition's format
 * @param id VMID, UUID or namespace/name
 * @param name display name; empty when it has none
 * @param host the node that the definition itself names, if it does
 * @param bypasses places that hand storage past the model, in the definition's order
 * @param volumes of every section, in the definition's order
 * @param options what else of the syntax decides ({@code machine}, {@code lock}), under the
 *     syntax's own names
 */
public record DeclaredGuest(
    String format,
    String id,
    String name,
    Optional<String> host,
    List<String> bypasses,
    List<DeclaredVolume> volumes,
    Map<String, String> options) {
  public DeclaredGuest {
    bypasses = List.copyOf(bypasses);
    volumes = List.copyOf(volumes);
    options = Map.copyOf(options);
  }

  public String option(String name) {
    return options.getOrDefault(name, "");
  }
}
