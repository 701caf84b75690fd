package dev.policyctl.probe;

import java.util.List;

/** The few programs whose answers no file gives. */
interface Commands {

  /** Runs a program, or looks up what it said. Never throws for a program that fails. */
  Output run(List<String> command);

  /** How a program ended. */
  enum Ending {
    /** It ended by itself with exit code 0. */
    SUCCESS,
    /** It ended with another exit code. */
    FAILURE,
    /** There is no such program. */
    MISSING,
    /** It did not end in time, or wrote more than is reasonable. */
    GIVEN_UP
  }

  /**
   * What a program said.
   *
   * @param out its standard output, as far as it came
   * @param error its standard error
   */
  record Output(Ending ending, String out, String error) {
    boolean succeeded() {
      return ending == Ending.SUCCESS;
    }

    /** Why there is no answer, in the words of a message. */
    String reason(String program) {
      return switch (ending) {
        case SUCCESS -> "`" + program + "` said nothing of it";
        case MISSING -> "`" + program + "` is not there";
        case GIVEN_UP -> "`" + program + "` did not answer in time";
        case FAILURE -> "`" + program + "` failed" + firstErrorLine();
      };
    }

    private String firstErrorLine() {
      String line = error.strip().lines().findFirst().orElse("");
      return line.isEmpty() ? "" : ": " + line;
    }
  }
}
