package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What {@code policyctl version} tells: what was built, what runs it, and its policies. */
public record Program(Build build, Java java, List<Origin> policies) {
  private static final String SCHEMA = "policyctl.dev/version/v1";

  public Program {
    policies = List.copyOf(policies);
  }

  /** The version of this program; empty for classes that were never packaged. */
  public static String version() {
    return Optional.ofNullable(Program.class.getPackage().getImplementationVersion()).orElse("");
  }

  /**
   * What the program was built from.
   *
   * @param version empty for classes that were never packaged
   * @param commit empty where the sources were under no version control
   */
  public record Build(String version, Optional<Commit> commit) {

    /** {@code policyctl 1.2, commit 0123456789ab of 2026-01-01T00:00:00Z}. */
    public String line() {
      String name = "policyctl " + (version.isEmpty() ? "without a version" : version);
      return commit.map(it -> name + ", " + it.words()).orElse(name);
    }
  }

  /**
   * The state of the sources.
   *
   * @param id all forty digits
   * @param time when it was committed, RFC 3339 in UTC; may be empty
   * @param changed whether the sources differed from the commit
   */
  public record Commit(String id, String time, boolean changed) {
    private static final int SHOWN = 12;

    private String words() {
      return "commit "
          + id.substring(0, Math.min(id.length(), SHOWN))
          + (time.isEmpty() ? "" : " of " + time)
          + (changed ? ", changed" : "");
    }
  }

  /** The Java that runs the program, and its folder. */
  public record Java(String version, String vendor, String home) {}

  /**
   * Policies of one origin.
   *
   * @param folder where their files are; absent for the bundled ones of a program without them
   */
  public record Origin(String name, int count, Optional<String> folder) {}

  public void text(Appendable out) throws IOException {
    out.append(build.line()).append('\n');
    out.append("Java " + java.version() + " by " + java.vendor() + ", in " + java.home() + "\n");
    for (Origin origin : policies) {
      String policies = origin.name() + " policies";
      out.append(Count.of(origin.count(), origin.name() + " policy", policies));
      out.append(origin.folder().map(folder -> ", in " + folder).orElse("")).append('\n');
    }
  }

  public void json(Appendable out) throws IOException {
    try (JsonGenerator json = JsonOutput.generator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeStringField("version", build.version());
      if (build.commit().isPresent()) {
        commit(build.commit().get(), json);
      }
      json.writeObjectFieldStart("java");
      json.writeStringField("version", java.version());
      json.writeStringField("vendor", java.vendor());
      json.writeStringField("home", java.home());
      json.writeEndObject();
      json.writeArrayFieldStart("policies");
      for (Origin origin : policies) {
        policies(origin, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.append('\n');
  }

  private static void commit(Commit commit, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("commit");
    json.writeStringField("id", commit.id());
    json.writeStringField("time", commit.time());
    json.writeBooleanField("changed", commit.changed());
    json.writeEndObject();
  }

  private static void policies(Origin origin, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("origin", origin.name());
    json.writeNumberField("count", origin.count());
    if (origin.folder().isPresent()) {
      json.writeStringField("folder", origin.folder().get());
    }
    json.writeEndObject();
  }
}
