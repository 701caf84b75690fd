package dev.policyctl.completion;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion for bash 3.2 and newer, without the package bash-completion. */
final class BashScript {
  private static final String HEAD =
      """
      # bash completion of policyctl, made by `policyctl completion bash`

      _policyctl() {
        local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} command= i
        COMPREPLY=()
        # `--format=json` is three words to readline.
        if [ "$current" = = ]; then
          current=
        elif [ "$option" = = ]; then
          option=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "$command ${COMP_WORDS[i]}" in
      %s
          esac
        done

        case "$command $option" in
      %s
        esac

        if [ "${current#-}" != "$current" ]; then
          case "$command" in
      %s
          esac
          return
        fi

        case "$command" in
      %s
        esac
      }

      _policyctl_words() {
        COMPREPLY=($(compgen -W "$1" -- "$current"))
      }

      # Readline completes file names better than this could, with quotes and tildes.
      _policyctl_files() {
        compopt -o default -o bashdefault 2>/dev/null
      }

      _policyctl_directories() {
        compopt +o default +o bashdefault -o dirnames 2>/dev/null
      }

      _policyctl_anything() {
        compopt +o default +o bashdefault 2>/dev/null
      }

      complete -o default -o bashdefault -F _policyctl policyctl
      """;

  private final List<Node> nodes;

  BashScript(Node program) {
    nodes = program.all().toList();
  }

  String text() {
    return HEAD.formatted(
        commands(), lines(nodes.stream().flatMap(BashScript::values)), options(), places());
  }

  /** What leads from one command to the next. */
  private String commands() {
    String each =
        nodes.stream()
            .filter(node -> !node.path().isEmpty())
            .map(node -> quoted(node.step()))
            .collect(Collectors.joining("|"));
    return "      " + each + ") command=${command:+$command }${COMP_WORDS[i]} ;;";
  }

  private static Stream<String> values(Node node) {
    return node.choices().stream()
        .filter(choice -> choice.value().isPresent())
        .map(choice -> entry(node, choice));
  }

  private static String entry(Node node, Choice choice) {
    String names =
        choice.names().stream()
            .map(name -> quoted(node.joined(" ") + " " + name))
            .collect(Collectors.joining("|"));
    return "    " + names + ") " + action(choice.value().orElseThrow()) + "; return ;;";
  }

  private static String action(Value value) {
    return switch (value.kind()) {
      case WORDS -> "_policyctl_words " + quoted(String.join(" ", value.words()));
      case FILE -> "_policyctl_files";
      case DIRECTORY -> "_policyctl_directories";
      case ANYTHING -> "_policyctl_anything";
    };
  }

  private String options() {
    return lines(
        nodes.stream()
            .map(
                node ->
                    "      "
                        + quoted(node.joined(" "))
                        + ") _policyctl_words "
                        + quoted(
                            node.choices().stream()
                                .flatMap(choice -> choice.names().stream())
                                .collect(Collectors.joining(" ")))
                        + " ;;"));
  }

  private String places() {
    return lines(
        nodes.stream().map(node -> "    " + quoted(node.joined(" ")) + ") " + place(node) + " ;;"));
  }

  private static String place(Node node) {
    List<String> words =
        Stream.concat(node.children().stream().map(Node::name), node.words().stream()).toList();
    if (!words.isEmpty()) {
      String offered = "_policyctl_words " + quoted(String.join(" ", words));
      return node.takes(Value.Kind.FILE) ? offered : offered + "; _policyctl_anything";
    }
    if (node.takes(Value.Kind.FILE)) {
      return "_policyctl_files";
    }
    return node.takes(Value.Kind.DIRECTORY) ? "_policyctl_directories" : "_policyctl_anything";
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
