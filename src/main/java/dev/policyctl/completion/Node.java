package dev.policyctl.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command and its own commands.
 *
 * @param path the words that lead to it from the program on; none for the program itself
 * @param places what stands there without an option, in order; the last may stand there repeatedly
 */
record Node(
    List<String> path,
    String description,
    List<Choice> choices,
    List<Value> places,
    boolean lastPlaceRepeats,
    List<Node> children) {
  Node {
    path = List.copyOf(path);
    choices = List.copyOf(choices);
    places = List.copyOf(places);
    children = List.copyOf(children);
  }

  static Node of(CommandSpec command) {
    return of(command, List.of());
  }

  private static Node of(CommandSpec command, List<String> path) {
    var places = command.positionalParameters();
    return new Node(
        path,
        summary(command),
        command.options().stream().filter(it -> !it.hidden()).map(Choice::of).toList(),
        places.stream().map(Value::of).toList(),
        !places.isEmpty() && places.get(places.size() - 1).arity().max() > 1,
        command.subcommands().entrySet().stream()
            .filter(it -> !it.getValue().getCommandSpec().usageMessage().hidden())
            .map(it -> child(it.getKey(), it.getValue(), path))
            .toList());
  }

  /** The description up to its first blank line. */
  private static String summary(CommandSpec command) {
    return Stream.of(command.usageMessage().description())
        .takeWhile(line -> !line.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static Node child(String name, CommandLine command, List<String> path) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return of(command.getCommandSpec(), longer);
  }

  /** This one and all below it, parents first. */
  Stream<Node> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Node::all));
  }

  String name() {
    return path.get(path.size() - 1);
  }

  /** The words that lead to its parent, and its name behind a blank; of the program nothing. */
  String step() {
    return path.isEmpty() ? "" : String.join(" ", path.subList(0, path.size() - 1)) + " " + name();
  }

  /** The words of the path with this between them. */
  String joined(String between) {
    return String.join(between, path);
  }

  boolean takes(Value.Kind kind) {
    return places.stream().anyMatch(place -> place.kind() == kind);
  }

  /** All words that may stand in one of its places. */
  List<String> words() {
    return places.stream().flatMap(place -> place.words().stream()).distinct().toList();
  }
}
