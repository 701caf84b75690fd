package dev.policyctl.cli;

import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.HostFacts;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.yaml.YamlNode;
import dev.policyctl.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** HostFacts documents in files; each file is read once. */
public final class FactsFiles {
  private static final Path STDIN = Path.of(InputFile.STDIN);

  private final BiConsumer<Path, List<Problem>> report;
  private final Map<Path, List<HostFacts>> byFile = new HashMap<>();
  private final Map<Path, List<Path>> byDirectory = new HashMap<>();
  private final Set<Path> withExceptions = new TreeSet<>();

  /**
   * @param report takes what is wrong with a file
   */
  public FactsFiles(BiConsumer<Path, List<Problem>> report) {
    this.report = report;
  }

  boolean isFacts(Path path) {
    return byFile.containsKey(path);
  }

  /** The files that the user names: files, directories, {@code -} for standard input. */
  public List<Path> named(List<String> names) {
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        List<Path> inside = in(path);
        files.addAll(inside);
        if (inside.isEmpty()) {
          report(path, "no HostFacts document in this directory");
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** The files of a directory that hold HostFacts, by name. */
  List<Path> in(Path directory) {
    List<Path> known = byDirectory.get(directory);
    if (known == null) {
      known = yamlFiles(directory).stream().filter(this::holdsFacts).toList();
      byDirectory.put(directory, known);
    }
    return known;
  }

  /** Those of a directory's files, looked at for facts, that may hold exceptions. */
  List<Path> withExceptions(Path directory) {
    in(directory);
    return withExceptions.stream().filter(file -> directory.equals(file.getParent())).toList();
  }

  static List<Path> yamlFiles(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, "[!.]*.{yaml,yml,json}")) {
      entries.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      // A directory above the definitions that cannot be listed holds no facts for this user.
      return List.of();
    }
    files.removeIf(file -> !Files.isRegularFile(file));
    files.sort(null);
    return files;
  }

  private boolean holdsFacts(Path file) {
    if (byFile.containsKey(file)) {
      return true;
    }
    try {
      SourceText text = DefinitionReader.document(file, Display.of(file));
      if (text.text().contains(ExceptionReader.KIND)) {
        withExceptions.add(file);
      }
      if (!text.text().contains(HostFactsReader.KIND)) {
        return false;
      }
      YamlReader.Result yaml = YamlReader.read(text);
      List<YamlNode> documents =
          yaml.documents().stream().filter(HostFactsReader::isHostFacts).toList();
      if (documents.isEmpty()) {
        return false;
      }
      keep(file, text, HostFactsReader.read(text, documents), yaml.problems());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The facts in these files; a host that is described twice is a problem, and the last counts. */
  public List<HostFacts> of(List<Path> files) {
    Map<String, HostFacts> byHost = new LinkedHashMap<>();
    for (Path file : files) {
      for (HostFacts host : read(file)) {
        if (byHost.put(host.name(), host) != null) {
          report(file, "host `" + host.name() + "` is described twice");
        }
      }
    }
    return List.copyOf(byHost.values());
  }

  private List<HostFacts> read(Path file) {
    List<HostFacts> known = byFile.get(file);
    if (known != null) {
      return known;
    }
    String display = file.equals(STDIN) ? InputFile.STDIN : Display.of(file);
    try (InputStream in = file.equals(STDIN) ? System.in : Files.newInputStream(file)) {
      SourceText text = SourceText.decode(display, in.readNBytes(DefinitionReader.MAX_BYTES));
      keep(file, text, HostFactsReader.read(text), List.of());
    } catch (IOException e) {
      report.accept(file, List.of(DefinitionReader.unreadable(display, e)));
      byFile.put(file, List.of());
    }
    return byFile.get(file);
  }

  private void keep(
      Path file, SourceText text, HostFactsReader.Result result, List<Problem> problems) {
    byFile.put(file, result.hosts());
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(result.problems());
    report.accept(file, all.stream().map(text::quote).toList());
  }

  private void report(Path path, String message) {
    report.accept(path, List.of(Problem.error(Location.ofFile(path.toString()), message, "")));
  }
}
