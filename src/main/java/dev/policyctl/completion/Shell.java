package dev.policyctl.completion;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** The one list of shells. */
public enum Shell {
  BASH("policyctl.bash") {
    @Override
    String completion(Node program) {
      return new BashScript(program).text();
    }
  },
  ZSH("_policyctl") {
    @Override
    String completion(Node program) {
      return new ZshScript(program).text();
    }
  },
  FISH("policyctl.fish") {
    @Override
    String completion(Node program) {
      return new FishScript(program).text();
    }
  };

  private final String fileName;

  Shell(String fileName) {
    this.fileName = fileName;
  }

  abstract String completion(Node program);

  /** A script for this shell that completes a program, which is described with all its commands. */
  public String completion(CommandSpec program) {
    return completion(Node.of(program));
  }

  /** As this shell looks for it in its folder of completions. */
  public String fileName() {
    return fileName;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
