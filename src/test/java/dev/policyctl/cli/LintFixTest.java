package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.policyctl.testing.Programs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint --fix} and {@code --diff} through the command's streams and exit codes. */
class LintFixTest {
  private static final String DIRECT = "name: web\nscsi0: tank:100/a.raw,cache=none\n";
  private static final String BUFFERED = "name: web\nscsi0: tank:100/a.raw,cache=writeback\n";

  @TempDir Path temporary;
  private Path world;
  private Path machine;

  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void makeWorld() throws IOException {
    world = temporary.toRealPath();
    Files.writeString(world.resolve("storage.cfg"), TestWorld.STORAGES);
    Files.writeString(world.resolve("pve1.yaml"), TestWorld.FACTS);
    Path folder = Files.createDirectories(world.resolve("nodes/pve1/qemu-server"));
    machine = Files.writeString(folder.resolve("100.conf"), DIRECT);
  }

  private static Run lint(String... arguments) {
    List<String> all = new ArrayList<>(List.of("lint"));
    all.addAll(List.of(arguments));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false);
    int exit = Policyctl.run(all.toArray(String[]::new), terminal);
    return new Run(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Run lintStdin(byte[] text, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text));
    try {
      return lint(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private Map<String, String> texts() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(world)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(world.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void theReportAndTheExitCodeAreThoseOfTheFixedText() throws IOException {
    assertEquals(1, lint(machine.toString()).exit());
    Run run = lint("--fix", machine.toString());
    assertEquals(BUFFERED, Files.readString(machine));
    assertEquals(0, run.exit());
    assertEquals("1 file, 1 guest, 1 volume: 0 failures, 0 unknown, 13 passes\n", run.out());
    assertEquals("fixed 1 finding in 1 file\n", run.err());
  }

  @Test
  void aSecondRunWritesNothing() throws IOException {
    lint("--fix", world.toString());
    Map<String, String> texts = texts();
    Object inode = Files.getAttribute(machine, "unix:ino");
    assertEquals("nothing was fixed\n", lint("--fix", world.toString()).err());
    assertEquals(texts, texts());
    assertEquals(inode, Files.getAttribute(machine, "unix:ino"));
  }

  @Test
  void jsonIsOfTheFixedTextToo() throws IOException {
    String locked = "lock: backup\n" + DIRECT;
    Files.writeString(machine.resolveSibling("101.conf"), locked);
    Run run = lint("--fix", "--format", "json", world.toString());
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertEquals(1, report.path("findings").size());
    JsonNode fix = report.at("/findings/0/fixes/0");
    assertEquals("the guest is locked by `lock: backup`", fix.path("refused").asText());
    assertEquals(0, fix.path("edits").size());
    assertEquals(1, run.exit());
    assertEquals(locked, Files.readString(machine.resolveSibling("101.conf")));
  }

  @Test
  void jsonHasTheEditsWithTheirPlaces() throws IOException {
    Run run = lint("--format", "json", machine.toString());
    JsonNode edit = new ObjectMapper().readTree(run.out()).at("/findings/0/fixes/0/edits/0");
    assertEquals(machine.toString(), edit.path("path").asText());
    assertEquals(
        List.of(2, 23, 2, 33),
        Stream.of("line", "column", "endLine", "endColumn")
            .map(name -> edit.path(name).asInt())
            .toList());
    assertEquals("cache=writeback", edit.path("text").asText());
  }

  @Test
  void aDiffShowsWhatFixDoesAndWritesNothing() throws Exception {
    Map<String, String> before = texts();
    Run diff = lint("--diff", "--fix", world.toString());
    assertEquals(before, texts());
    assertEquals(1, diff.exit());
    assertEquals("2 findings in 2 files would be fixed\n", diff.err());
    assertTrue(diff.out().contains("+scsi0: tank:100/a.raw,cache=writeback\n"), diff.out());
    assertTrue(diff.out().contains("-\tnocow 1\n"), diff.out());

    lint("--fix", world.toString());
    Map<String, String> fixed = texts();
    for (Map.Entry<String, String> text : before.entrySet()) {
      Files.writeString(world.resolve(text.getKey()), text.getValue());
    }
    Path patch = Files.writeString(temporary.resolve("../d" + world.getFileName()), diff.out());
    Programs.run(world, "patch", "-s", "-p1", "-d", "/", "-i", patch.toString());
    Files.delete(patch);
    assertEquals(fixed, texts());
  }

  @Test
  void aGuestThatItsStoragesFixHasCuredIsNotEdited() throws IOException {
    Path guest = machine.resolveSibling("101.conf");
    String text = "scsi0: plain:101/a.qcow2\nscsi1: plain:101/b.qcow2,aio=native\n";
    Files.writeString(guest, text);
    assertEquals(1, lint(guest.toString()).exit());
    assertTrue(lint("--diff", world.toString()).out().contains("+scsi1: plain:101/b.qcow2\n"));
    Run run = lint("--fix", world.toString());
    assertEquals(text.replace(",aio=native", ""), Files.readString(guest));
    assertEquals(0, run.exit());
  }

  @Test
  void standardInputGoesToStandardOutputAndTheReportBesideIt() {
    String[] arguments = {
      "--fix",
      "--as=proxmox-qemu",
      "--storage-cfg=" + world.resolve("storage.cfg"),
      "--facts=" + world.resolve("pve1.yaml"),
      "-"
    };
    Run run = lintStdin(DIRECT.getBytes(StandardCharsets.UTF_8), arguments);
    assertEquals(BUFFERED, run.out());
    assertEquals(0, run.exit());
    assertTrue(run.err().startsWith("1 file, 1 guest"), run.err());
    assertEquals(BUFFERED, lintStdin(BUFFERED.getBytes(StandardCharsets.UTF_8), arguments).out());
  }

  @Test
  void standardInputThatIsNoTextComesOutAsItWentIn() {
    byte[] bytes = ("#\u00e9\n" + DIRECT).getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(bytes));
    try {
      PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
      Policyctl.run(
          new String[] {"lint", "--fix", "--as=proxmox-qemu", "-"},
          new Terminal(
              new PrintStream(out, true, StandardCharsets.UTF_8), err, false, false, false));
    } finally {
      System.setIn(before);
    }
    assertEquals(
        new String(bytes, StandardCharsets.ISO_8859_1), out.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aFileThatCannotBeWrittenIsJudgedAsItIs() throws IOException {
    Files.createLink(machine.resolveSibling("link"), machine);
    Run run = lint("--fix", machine.toString());
    assertEquals(2, run.exit());
    assertEquals(DIRECT, Files.readString(machine));
    assertTrue(
        run.out().startsWith(machine + ": error: not fixed: it has 2 hard links"), run.out());
    assertTrue(run.out().contains("1 failure"), run.out());
    assertEquals("nothing was fixed\n", run.err());
  }

  @Test
  void aLinkOutOfTheTreeIsWriteFailure() throws IOException {
    Path folder = Files.createDirectory(world.resolve("links"));
    Path link = Files.createSymbolicLink(folder.resolve("100.conf"), machine);
    Run run = lint("--fix", link.toString());
    assertEquals(2, run.exit());
    assertEquals(DIRECT, Files.readString(machine));
    assertTrue(run.out().contains("not fixed: it is a symbolic link to"), run.out());
  }

  @Test
  void optionsThatMeanNothingTogetherAreRefused() {
    assertEquals(2, lint("--unsafe-fixes", machine.toString()).exit());
    assertEquals(2, lint("--diff", "--format=json", machine.toString()).exit());
    assertEquals(2, lint("--diff", "--output=x", machine.toString()).exit());
  }

  @Test
  void stepsOfAManualFixArePrintedWithTheGuestsPaths() throws IOException {
    Files.writeString(machine, "scsi0: plain:100/vm-100-disk-0.raw,cache=writeback\n");
    Files.writeString(
        world.resolve("pve1.yaml"),
        TestWorld.FACTS
            + "  files: [{path: /srv/plain/images/100/vm-100-disk-0/disk.raw, noCow: true}]\n");
    Run run = lint(machine.toString());
    String copy =
        "    - cp --reflink=never --sparse=always /srv/plain/images/100/vm-100-disk-0/disk.raw"
            + " /srv/plain/images/100/vm-100-disk-0/disk.raw.new\n";
    assertTrue(run.out().contains(copy), run.out());
  }
}
