package dev.policyctl.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for zsh, for a folder of its {@code fpath} as well as for {@code source}. */
final class ZshScript {
  private static final String TAIL =
      """
      if [ "${funcstack[1]}" = _policyctl ]; then
        _policyctl "$@"
      else
        compdef _policyctl policyctl
      fi
      """;

  private final Node program;
  private final StringBuilder script = new StringBuilder();

  ZshScript(Node program) {
    this.program = program;
  }

  String text() {
    script.append("#compdef policyctl\n");
    script.append("# zsh completion of policyctl, made by `policyctl completion zsh`\n\n");
    program.all().forEach(this::function);
    return script.append(TAIL).toString();
  }

  private static String name(Node node) {
    return node.path().isEmpty()
        ? "_policyctl"
        : "_policyctl_" + node.joined("_").replace('-', '_');
  }

  private void function(Node node) {
    script.append(name(node)).append("() {\n");
    List<String> words = new ArrayList<>();
    node.choices().forEach(choice -> words.add(option(choice)));
    if (node.children().isEmpty()) {
      words.addAll(places(node));
      arguments("_arguments -s -S", words);
    } else {
      words.add("'1:command:->command'");
      words.add("'*::argument:->argument'");
      script.append("  local curcontext=$curcontext state line\n  typeset -A opt_args\n");
      arguments("_arguments -C", words);
      children(node);
    }
    script.append("}\n\n");
  }

  private void arguments(String command, List<String> words) {
    script.append("  ").append(command);
    words.forEach(word -> script.append(" \\\n    ").append(word));
    script.append('\n');
  }

  private void children(Node node) {
    script.append("  case $state in\n    command)\n      local -a commands=(\n");
    for (Node child : node.children()) {
      String entry = child.name() + ":" + child.description().replace(":", "\\:");
      script.append("        ").append(quoted(entry)).append('\n');
    }
    script.append("      )\n      _describe -t commands command commands\n      ;;\n");
    script.append("    argument)\n      case ${words[1]} in\n");
    for (Node child : node.children()) {
      script.append("        ").append(child.name()).append(") ").append(name(child));
      script.append(" ;;\n");
    }
    script.append("      esac\n      ;;\n  esac\n");
  }

  private static List<String> places(Node node) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < node.places().size(); i++) {
      boolean repeats = node.lastPlaceRepeats() && i == node.places().size() - 1;
      String where = repeats ? "*" : Integer.toString(i + 1);
      words.add(quoted(where + ":" + value(node.places().get(i))));
    }
    return words;
  }

  private static String option(Choice choice) {
    String value = choice.value().map(it -> ":" + value(it)).orElse("");
    String description = "[" + escaped(choice.description()) + "]";
    List<String> names = choice.names();
    String exclusive = exclusive(choice);
    if (names.size() == 1) {
      return quoted(exclusive + name(names.get(0), choice) + description + value);
    }
    String each = names.stream().map(it -> name(it, choice)).collect(Collectors.joining(","));
    return (exclusive.isEmpty() ? "" : quoted(exclusive))
        + "{"
        + each
        + "}"
        + quoted(description + value);
  }

  private static String exclusive(Choice choice) {
    if (choice.isHelp()) {
      return "(- *)";
    }
    if (choice.isRepeatable()) {
      return "*";
    }
    return choice.names().size() > 1 ? "(" + String.join(" ", choice.names()) + ")" : "";
  }

  /** A long option takes its value behind an equals sign, too. */
  private static String name(String name, Choice choice) {
    return choice.value().isPresent() && name.startsWith("--") ? name + "=" : name;
  }

  private static String value(Value value) {
    String action =
        switch (value.kind()) {
          case WORDS -> "(" + String.join(" ", value.words()) + ")";
          case FILE -> "_files";
          case DIRECTORY -> "_files -/";
          case ANYTHING -> " ";
        };
    return escaped(value.label()) + ":" + action;
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\:\\[\\]])", "\\\\$1");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
