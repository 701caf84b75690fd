package dev.policyctl.format.proxmox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.ParsedFile.ParsedGuest;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Junk, mutations and size: both formats answer with a guest and problems. */
class AnyInputTest {
  private static final List<DefinitionFormat> FORMATS =
      List.of(new ProxmoxQemuFormat(), new ProxmoxLxcFormat());
  private static final List<String> VALID = valid();

  private static List<String> valid() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/formats"))) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().contains("proxmox-")).toList()) {
        if (file.toString().endsWith(".conf")) {
          texts.add(
              new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> key =
        Arbitraries.of(
            "scsi0",
            "ide2",
            "cdrom",
            "rootfs",
            "mp0",
            "unused1",
            "args",
            "delete",
            "lxc.mount.entry",
            "description",
            "snapstate",
            "virtiofs0",
            "[",
            "[a",
            "#",
            " scsi0",
            "bios",
            "dev0",
            "");
    Arbitrary<String> separator = Arbitraries.of(":", ": ", " = ", "=", "", ":\t", "]");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().withChars("a:,=/ \r0\"'\\").ofMaxLength(20),
            Arbitraries.of("tank:x,cache=none", "none", "prepare", "/srv", "x,mp=/y", "pending]"));
    Arbitrary<String> line =
        net.jqwik.api.Combinators.combine(key, separator, value).as((k, s, v) -> k + s + v);
    return line.list().ofMaxSize(12).map(all -> String.join("\n", all));
  }

  @Property(seed = "20261124")
  void junkIsReadAsAGuestWithProblems(@ForAll("lines") String text) {
    FORMATS.forEach(format -> check(format, text));
  }

  @Property(seed = "20261124")
  void anyTextIsReadAsAGuestWithProblems(@ForAll String text) {
    FORMATS.forEach(format -> check(format, text));
  }

  @Property(seed = "20261124")
  void mutatedConfigurationsAreRead(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(VALID.get(random.nextInt(VALID.size())));
    for (int i = random.nextInt(8); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, ":,=[]#\n\r \"\u0000é".charAt(random.nextInt(12)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 30)));
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
      }
    }
    FORMATS.forEach(format -> check(format, text.toString()));
  }

  @Property(seed = "20261124")
  void commentsBlankLinesAndOtherKeysChangeNoModel(@ForAll long seed) {
    Random random = new Random(seed);
    String text = VALID.get(random.nextInt(VALID.size()));
    StringBuilder noisy = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String noise = List.of("#note\n", "\n", " \t\n", "net9: x=y\n", "").get(random.nextInt(5));
      noisy.append(noise).append(line).append('\n');
    }
    for (DefinitionFormat format : FORMATS) {
      assertEquals(
          format.parse(SourceText.of("1.conf", text)).guests().get(0).guest(),
          format.parse(SourceText.of("1.conf", noisy.toString())).guests().get(0).guest());
    }
  }

  private static void check(DefinitionFormat format, String text) {
    ParsedFile file = format.parse(SourceText.of("100.conf", text));
    assertEquals(1, file.guests().size());
    ParsedGuest parsed = file.guests().get(0);
    for (DeclaredVolume volume : parsed.guest().volumes()) {
      Span whole = parsed.positions().volume(volume.section(), volume.key()).orElseThrow();
      for (String option : volume.options().keySet()) {
        Span span =
            parsed
                .positions()
                .syntax(volume.section(), volume.key(), "option:" + option)
                .orElseThrow();
        assertTrue(span.start() >= whole.start() && span.end() <= whole.end());
      }
    }
    file.problems()
        .forEach(problem -> assertTrue(problem.message().indexOf('\n') < 0, problem.message()));
  }

  @Test
  void sizeCostsNoMoreThanItsShare() {
    List<String> large =
        List.of(
            "scsi0: tank:disk," + "x=1,".repeat(2_500_000),
            "scsi0: tank:" + "a".repeat(10_000_000),
            "scsi0: tank:disk," + "a".repeat(10_000_000) + "=1",
            "scsi0: tank:disk,cache=none\n".repeat(400_000),
            "[\n".repeat(2_000_000),
            "[snap]\n".repeat(1_000_000),
            "junk\n".repeat(2_000_000),
            "args: " + "-cpu host ".repeat(1_000_000),
            "lxc.mount.entry: /a a none bind\n".repeat(300_000),
            "snapstate: ".repeat(1_000_000));
    for (String text : large) {
      for (DefinitionFormat format : FORMATS) {
        String name = format.name() + " " + text.substring(0, 20);
        assertTimeout(Duration.ofSeconds(10), () -> check(format, text), name);
      }
    }
  }
}
