package dev.policyctl.exception;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.StrictMapping;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;

/** Reads a baseline, strictly: JSON is YAML too, and that reader knows where everything stands. */
public final class BaselineReader {
  public static final String SCHEMA = "policyctl.dev/baseline/v1";

  private BaselineReader() {}

  /**
   * @param baseline empty where there is a problem
   */
  public record Result(Baseline baseline, List<Problem> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  public static Result read(SourceText source) {
    YamlReader.Result yaml = YamlReader.read(source);
    List<Problem> problems = new ArrayList<>(yaml.problems());
    List<Baseline.Entry> entries = new ArrayList<>();
    for (YamlNode node : yaml.documents()) {
      StrictMapping document = new StrictMapping(source, "baseline", node, problems);
      document.require("schema");
      document.oneOf("schema", List.of(SCHEMA));
      document.require("findings");
      document.mappings("findings").forEach(mapping -> entries.add(entry(mapping)));
      document.finish();
    }
    return new Result(problems.isEmpty() ? new Baseline(entries) : Baseline.EMPTY, problems);
  }

  private static Baseline.Entry entry(StrictMapping mapping) {
    String path = mapping.requiredString("path");
    String guest = mapping.string("guest").orElse("");
    String subject = mapping.string("volume").or(() -> mapping.string("storage")).orElse("");
    mapping.node("storage");
    String section = mapping.string("section").orElse(BaselineWriter.CURRENT);
    String policy = mapping.requiredString("policy");
    mapping.require("verdict");
    String verdict =
        mapping.oneOf("verdict", List.of(Baseline.FAIL, Baseline.UNKNOWN)).orElse(Baseline.UNKNOWN);
    mapping.finish();
    return new Baseline.Entry(new Baseline.Key(path, guest, subject, section, policy), verdict);
  }
}
