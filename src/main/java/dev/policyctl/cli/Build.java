package dev.policyctl.cli;

import dev.policyctl.report.Program;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/** What this program was built from, as its build wrote it down. */
public final class Build {
  private static final String COMMIT = "git.properties";

  private Build() {}

  static Program.Build running() {
    try (InputStream in = Build.class.getResourceAsStream(COMMIT)) {
      if (in == null) {
        return new Program.Build(Program.version(), Optional.empty());
      }
      Properties properties = new Properties();
      properties.load(in);
      return new Program.Build(Program.version(), commit(properties));
    } catch (IOException e) {
      throw new IllegalStateException("`" + COMMIT + "` cannot be read", e);
    }
  }

  static Optional<Program.Commit> commit(Properties git) {
    return Optional.ofNullable(git.getProperty("git.commit.id.full"))
        .filter(id -> !id.isEmpty())
        .map(
            id ->
                new Program.Commit(
                    id,
                    git.getProperty("git.commit.time", ""),
                    Boolean.parseBoolean(git.getProperty("git.dirty"))));
  }
}
