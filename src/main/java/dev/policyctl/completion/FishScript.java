package dev.policyctl.completion;

import java.util.List;
import java.util.stream.Collectors;

/** Completion for fish. */
final class FishScript {
  private static final String HEAD =
      """
      # fish completion of policyctl, made by `policyctl completion fish`

      # Whether the words before the cursor lead to this command.
      function __policyctl_at
          set -l at ''
          for word in (commandline -opc)[2..]
              switch "$at $word"
                  case %s
                      set at (string trim -- "$at $word")
              end
          end
          test "$at" = "$argv"
      end

      complete -c policyctl -f
      """;

  private final List<Node> nodes;
  private final StringBuilder script = new StringBuilder();

  FishScript(Node program) {
    nodes = program.all().toList();
  }

  String text() {
    script.append(
        HEAD.formatted(
            nodes.stream()
                .filter(node -> !node.path().isEmpty())
                .map(node -> quoted(node.step()))
                .collect(Collectors.joining(" "))));
    nodes.forEach(this::write);
    return script.toString();
  }

  private void write(Node node) {
    script.append('\n');
    for (Node child : node.children()) {
      line(node, " -a " + child.name() + described(child.description()));
    }
    if (!node.words().isEmpty()) {
      line(node, " -a " + quoted(String.join(" ", node.words())));
    }
    if (node.takes(Value.Kind.FILE)) {
      line(node, " -F");
    } else if (node.takes(Value.Kind.DIRECTORY)) {
      line(node, " -a '(__fish_complete_directories)'");
    }
    node.choices().forEach(choice -> write(node, choice));
  }

  private void write(Node node, Choice choice) {
    StringBuilder line = new StringBuilder();
    for (String name : choice.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    choice.value().map(FishScript::argument).ifPresent(line::append);
    line(node, line + described(choice.description()));
  }

  private static String argument(Value value) {
    return switch (value.kind()) {
      case WORDS -> " -x -a " + quoted(String.join(" ", value.words()));
      case FILE -> " -r -F";
      case DIRECTORY -> " -x -a '(__fish_complete_directories)'";
      case ANYTHING -> " -x";
    };
  }

  private void line(Node node, String rest) {
    String at = "__policyctl_at " + node.joined(" ");
    script.append("complete -c policyctl -n ").append(quoted(at.strip())).append(rest).append('\n');
  }

  private static String described(String text) {
    return text.isEmpty() ? "" : " -d " + quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
