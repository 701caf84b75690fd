package dev.policyctl.format.kubernetes;

import dev.policyctl.model.Fact;
import java.util.Map;
import java.util.Optional;

/** Whether processes of a guest open a volume's files with O_DIRECT, as its owner states it. */
final class DirectIo {
  static final String ANNOTATION = "policyctl.dev/direct-io";

  /** Nobody says it: no reason is given, and it stays possible. */
  static final Fact<Boolean> NOT_STATED = Fact.known(false);

  private DirectIo() {}

  /**
   * @param metadata of the object whose owner may state it
   */
  static Optional<Fact<Boolean>> stated(KubeNode metadata, Shape shape) {
    KubeNode annotations = metadata.get("annotations");
    String value = shape.text(annotations, ANNOTATION);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.equals("true") && !value.equals("false")) {
      shape.report(
          annotations.get(ANNOTATION),
          "unknown value `" + value + "` of `" + ANNOTATION + "`",
          "use `\"true\"` or `\"false\"`");
      return Optional.empty();
    }
    return Optional.of(
        Fact.known(
            value.equals("true"), "annotation `" + ANNOTATION + ": \"" + value + "\"` says so"));
  }

  /**
   * Whoever says that the files are opened without O_DIRECT rules it out; where nothing says so it
   * stays possible.
   */
  static void put(Map<String, String> options, Fact<Boolean> direct) {
    put(options, direct, !direct.is(false) || direct.because().isEmpty());
  }

  static void put(Map<String, String> options, Fact<Boolean> direct, boolean possible) {
    FactOptions.put(options, OptionName.DIRECT_IO, direct);
    options.put(OptionName.DIRECT_IO_POSSIBLE, String.valueOf(possible));
  }
}
