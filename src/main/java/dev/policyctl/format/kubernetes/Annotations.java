package dev.policyctl.format.kubernetes;

import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Positions;
import dev.policyctl.format.Remark;
import dev.policyctl.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Remarks in annotations of objects and of their pods' templates. */
final class Annotations {
  private Annotations() {}

  /** The options of the guest that an object stands for. */
  static Map<String, String> options(KubeObject object) {
    String kind = object.objectKind().word();
    String allow = allow(object);
    return allow.isEmpty()
        ? Map.of(OptionName.KIND, kind)
        : Map.of(OptionName.KIND, kind, OptionName.ALLOW, allow);
  }

  /** A line for each allowance; empty where there is none. */
  static String allow(KubeObject object) {
    KubeNode spec = object.spec();
    KubeNode job = spec.get("jobTemplate").get("spec");
    return String.join(
            "\n",
            Stream.of(object.metadata(), template(spec), template(job))
                .map(metadata -> metadata.get("annotations").get(OptionName.ALLOW).text().strip())
                .filter(text -> !text.isEmpty())
                .toList())
        .strip();
  }

  private static KubeNode template(KubeNode spec) {
    return spec.get("template").get("metadata");
  }

  static List<Remark> remarks(ParsedFile file) {
    List<Remark> remarks = new ArrayList<>();
    file.guests().forEach(it -> add(remarks, it.guest().option(OptionName.ALLOW), it.positions()));
    file.storages()
        .forEach(it -> add(remarks, it.storage().option(OptionName.ALLOW), it.positions()));
    return remarks;
  }

  private static void add(List<Remark> remarks, String allow, Positions positions) {
    Span at = positions.subject().orElse(new Span(0, 0));
    allow
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> remarks.add(new Remark(at, line, Optional.of(positions))));
  }
}
