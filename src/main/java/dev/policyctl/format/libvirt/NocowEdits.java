package dev.policyctl.format.libvirt;

import dev.policyctl.model.Change;
import dev.policyctl.source.Edit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How {@code storage.nocowOption: false} is written into a pool or a volume. */
final class NocowEdits {
  private static final Map<String, Object> TAKEN_AWAY = Map.of("storage.nocowOption", false);

  private NocowEdits() {}

  /** {@code <cow state='yes'/>} keeps libvirt from setting +C when it builds the directory. */
  static List<Edit> ofPool(String text, XmlElement pool, Change change) {
    if (!change.values().equals(TAKEN_AWAY) || !PoolType.hasCowFeature(pool.attribute("type"))) {
      return List.of();
    }
    ElementEditor editor = new ElementEditor(text);
    Map<String, String> keepsCow = Map.of("state", "yes");
    Optional<XmlElement> features = pool.child("features");
    Optional<XmlElement> cow = features.flatMap(found -> found.child("cow"));
    if (cow.isPresent()) {
      boolean written = cow.get().attribute("state").equals("yes");
      return written ? List.of() : editor.setAttributes(cow.get(), keepsCow);
    }
    if (features.isPresent() && !features.get().tag().closed()) {
      return List.of(editor.insertFirstChild(features.get(), "cow", keepsCow));
    }
    return features.isPresent()
        ? List.of()
        : List.of(editor.insertFirstChild(pool, "features", "cow", keepsCow));
  }

  static List<Edit> ofVolume(String text, XmlElement volume, Change change) {
    if (!change.values().equals(TAKEN_AWAY)) {
      return List.of();
    }
    return volume
        .child("target")
        .flatMap(target -> target.child("nocow"))
        .map(nocow -> List.of(new ElementEditor(text).removeEmpty(nocow)))
        .orElse(List.of());
  }
}
