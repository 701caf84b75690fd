package dev.policyctl.completion;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of a command.
 *
 * @param names with their dashes
 * @param value what follows it; empty for a switch
 */
record Choice(List<String> names, String description, Optional<Value> value, boolean isRepeatable) {
  Choice {
    names = List.copyOf(names);
  }

  static Choice of(OptionSpec option) {
    return new Choice(
        List.of(option.names()),
        String.join(" ", option.description()).strip(),
        option.arity().max() == 0 ? Optional.empty() : Optional.of(Value.of(option)),
        option.isMultiValue());
  }

  /** Whether it ends the command line: nothing else matters beside it. */
  boolean isHelp() {
    return names.contains("--help");
  }
}
