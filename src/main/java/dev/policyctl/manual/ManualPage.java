package dev.policyctl.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page of the manual for each command, {@code policyctl-lint} for {@code policyctl lint}. */
public final class ManualPage {
  private static final Map<String, String> ENVIRONMENT = environment();
  private static final Map<String, String> FILES = files();

  private final CommandSpec command;
  private final Roff page = new Roff();

  private ManualPage(CommandSpec command) {
    this.command = command;
  }

  private static Map<String, String> environment() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("NO_COLOR", "where it is not empty, nothing is printed in colour");
    all.put("JAVA_HOME", "the Java to run with, where no runtime came along");
    all.put("POLICYCTL_JAVA_OPTIONS", "options of Java for `policyctl serve`, in place of its own");
    all.put("KUBECONFIG", "how `serve`, `scan` and `probe --publish` reach a cluster");
    return all;
  }

  private static Map<String, String> files() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(".policyctl.yaml", "options for the definitions beside and below it");
    all.put(
        "*.facts.yaml, storage.cfg",
        "HostFacts and storage definitions, of the nearest directory at or above a definition");
    all.put("/etc/policyctl", "what an administrator sets for this host");
    all.put("/etc/pve, /etc/libvirt", "definitions of this host, judged with its live facts");
    return all;
  }

  /**
   * The pages of a program and of all its commands, by the names of their files.
   *
   * @param date of the pages, {@code 2026-11-24}
   */
  public static Map<String, String> all(CommandSpec program, String version, String date) {
    Map<String, String> pages = new LinkedHashMap<>();
    family(program)
        .forEach(
            command ->
                pages.put(
                    name(command) + ".1",
                    new ManualPage(command).text("policyctl " + version, date)));
    return pages;
  }

  private static Stream<CommandSpec> family(CommandSpec command) {
    return Stream.concat(Stream.of(command), children(command).flatMap(ManualPage::family));
  }

  private static Stream<CommandSpec> children(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(child -> child.getCommandSpec())
        .filter(child -> !child.usageMessage().hidden());
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  private String text(String source, String date) {
    page.title(name(command).toUpperCase(Locale.ROOT), date, source);
    page.section("NAME");
    page.line(Roff.proseOf(name(command)) + " \\- " + Roff.proseOf(summary(command)));
    synopsis();
    description();
    options();
    commands();
    Footer footer = Footer.of(command);
    page.section("EXIT STATUS");
    footer.exitCodes().forEach((code, meaning) -> page.entry(Roff.bold(code), meaning));
    page.section("ENVIRONMENT");
    ENVIRONMENT.forEach((name, meaning) -> page.entry(Roff.bold(name), meaning));
    page.section("FILES");
    FILES.forEach((name, meaning) -> page.entry(Roff.italic(name), meaning));
    examples();
    seeAlso();
    return page.toString();
  }

  /** The description's first sentence, without its full stop. */
  private static String summary(CommandSpec command) {
    String all =
        Stream.of(command.usageMessage().description())
            .takeWhile(line -> !line.isBlank())
            .collect(Collectors.joining(" "));
    return all.replaceAll("\\.$", "");
  }

  private void synopsis() {
    page.section("SYNOPSIS");
    List<String> words = new ArrayList<>();
    words.add(Roff.bold(command.qualifiedName()));
    words.add("[" + Roff.italic("OPTION") + "]...");
    command.positionalParameters().stream().map(ManualPage::place).forEach(words::add);
    if (children(command).findAny().isPresent()) {
      words.add(Roff.italic("COMMAND"));
    }
    page.line(String.join(" ", words));
  }

  private static String place(PositionalParamSpec place) {
    String label = Roff.italic(place.paramLabel()) + (place.arity().max() > 1 ? "..." : "");
    return place.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private void description() {
    page.section("DESCRIPTION");
    List<String> lines = new ArrayList<>();
    for (String line : command.usageMessage().description()) {
      if (line.isBlank()) {
        flush(lines);
        page.paragraph();
      } else {
        lines.add(line);
      }
    }
    flush(lines);
    for (PositionalParamSpec place : command.positionalParameters()) {
      page.entry(Roff.italic(place.paramLabel()), String.join(" ", place.description()));
    }
  }

  private void flush(List<String> lines) {
    if (!lines.isEmpty()) {
      page.prose(String.join(" ", lines));
      lines.clear();
    }
  }

  private void options() {
    page.section("OPTIONS");
    command.options().stream()
        .filter(option -> !option.hidden())
        .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
        .forEach(
            option -> page.entry(head(option), String.join(" ", option.description()).strip()));
  }

  private static String head(OptionSpec option) {
    String names = Stream.of(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
    return option.arity().max() == 0 ? names : names + "=" + Roff.italic(option.paramLabel());
  }

  private void commands() {
    List<CommandSpec> all = children(command).toList();
    if (!all.isEmpty()) {
      page.section("COMMANDS");
      all.forEach(it -> page.entry(Roff.reference(name(it)), summary(it)));
    }
  }

  /** A command without examples of its own shows the first of each of its commands. */
  private void examples() {
    List<String> lines = new ArrayList<>(Footer.of(command).examples());
    if (lines.isEmpty()) {
      children(command)
          .flatMap(child -> Footer.of(child).examples().stream().limit(1))
          .forEach(lines::add);
    }
    if (!lines.isEmpty()) {
      page.section("EXAMPLES").example(lines);
    }
  }

  private void seeAlso() {
    List<CommandSpec> others = new ArrayList<>();
    if (command.parent() == null) {
      children(command).forEach(others::add);
    } else {
      others.add(command.root());
      children(command.parent()).filter(it -> it != command).forEach(others::add);
    }
    page.section("SEE ALSO");
    page.line(
        others.stream().map(it -> Roff.reference(name(it))).collect(Collectors.joining(",\n")));
  }
}
