package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents made to mislead a reader or to exhaust it. */
class HostileXmlTest {
  private static final String GUEST =
      "<domain type='kvm'><name>g</name><devices><disk type='file'><driver cache='&c;'/>"
          + "<source file='/a'/><target dev='vda'/></disk></devices></domain>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE domain>",
        "<!DOCTYPE domain [<!ENTITY c 'none'>]>",
        "<!DOCTYPE x [<!-- ]> ' --><!ENTITY c \"]>\">]>",
        "<!DOCTYPE domain [<!ATTLIST driver cache CDATA 'none'>]>",
        "<!DOCTYPE domain SYSTEM 'file:///etc/hostname'>",
        "<!DOCTYPE domain [<!ENTITY c SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE domain [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>",
        "<!DOCTYPE domain [",
        "<?xml version='1.0'?>\n<!-- c --><?p i?>\n<!DOCTYPE domain>"
      })
  void everyDocumentTypeIsRefusedAtItsPlace(String doctype) {
    ParsedFile file = Opened.parse(doctype + GUEST);

    Problem problem = onlyProblem(file);
    assertEquals("the document has a document type declaration", problem.message());
    assertEquals(doctype.indexOf("<!DOCTYPE") - doctype.lastIndexOf('\n'), problem.at().column());
  }

  @Test
  void aBombOfEntitiesIsRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE domain [<!ENTITY e0 'xxxxxxxxxx'>");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY e").append(i).append(" '");
      bomb.append(("&e" + (i - 1) + ";").repeat(10)).append("'>");
    }
    String text = bomb + "]><domain type='kvm'><name>&e39;</name></domain>";

    assertTrue(onlyProblem(parseInTime(text)).message().contains("document type"));
  }

  @Test
  void anEntityWithoutDeclarationIsNoText() {
    assertTrue(onlyProblem(Opened.parse(GUEST)).message().contains("c"));
  }

  @Test
  void oneThousandLevelsAreTooDeep() {
    String text = "<domain type='kvm'>" + "<a>".repeat(1000) + "</a>".repeat(1000) + "</domain>";

    assertEquals(
        "elements are nested more than 256 deep", onlyProblem(parseInTime(text)).message());
  }

  @Test
  void levelsThatLibvirtReadsAreRead() {
    String text = Opened.domain("kvm", "<a>".repeat(200) + "</a>".repeat(200));

    assertEquals(0, Opened.parse(text).problems().size());
  }

  @Test
  void aHugeDocumentIsRefusedUnread() {
    String text = Opened.domain("kvm", "<!--" + "x".repeat(50 * 1024 * 1024) + "-->");

    assertEquals("the document is larger than 16 MiB", onlyProblem(parseInTime(text)).message());
  }

  @Test
  void aMillionElementsAreTooMany() {
    String text = Opened.domain("kvm", "<a/>".repeat(1_000_000));

    assertEquals(
        "the document has more than 200000 elements", onlyProblem(parseInTime(text)).message());
  }

  @Test
  void aTextOfAMillionPiecesIsOneText() {
    String text =
        "<domain type='kvm'><name>" + "x<![CDATA[y ]]>".repeat(1_000_000) + "</name></domain>";

    String name = parseInTime(text).guests().get(0).guest().name();
    assertEquals(2 + 3 * 999_999, name.length());
  }

  @Test
  void aThousandAttributesAreTooMany() {
    StringBuilder disk = new StringBuilder("<disk");
    for (int i = 0; i < 1000; i++) {
      disk.append(" a").append(i).append("=''");
    }

    onlyProblem(parseInTime(Opened.domain("kvm", disk + "/>")));
  }

  @Test
  void aGuestOfManyDisksTakesTimeInProportion() {
    StringBuilder disks = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      disks
          .append("<disk type='file'><source file='/a'/><target dev='vd")
          .append(i)
          .append("'/></disk>\n");
    }
    ParsedFile file = parseInTime(Opened.domain("kvm", disks.toString()));

    assertEquals(20_000, file.guests().get(0).guest().volumes().size());
  }

  @Test
  void bytesThatTheEncodingDoesNotAllowAreAProblemEach() {
    byte[] bytes = "<domain type='kvm'><name>g.g.</name></domain>".getBytes(StandardCharsets.UTF_8);
    bytes[26] = (byte) 0xFF;
    ParsedFile file =
        new LibvirtDomainFormat().parse(SourceText.decode("x.xml", bytes, StandardCharsets.UTF_8));

    assertEquals(27, onlyProblem(file).at().column());
    assertEquals(0, file.guests().size());
  }

  @Test
  void whatLibvirtCannotDecodeIsRefused() {
    byte[] wide = Opened.domain("kvm", "").getBytes(StandardCharsets.UTF_16);
    SourceText utf16 = SourceText.decode("x.xml", wide, XmlEncoding.charsetOf(wide));
    SourceText unknown =
        SourceText.of("x.xml", "<?xml version='1.0' encoding='bogus'?>" + Opened.domain("kvm", ""));

    assertEquals(
        "the text is UTF-16, which libvirt does not read",
        onlyProblem(new LibvirtDomainFormat().parse(utf16)).message());
    assertEquals(
        "unknown encoding `bogus`",
        onlyProblem(new LibvirtDomainFormat().parse(unknown)).message());
  }

  @Test
  void aPrefixThatIsNotDeclaredIsAProblem() {
    onlyProblem(Opened.parse(Opened.domain("kvm", "<z:disk/>")));
  }

  @Test
  void noFormatReadsAnythingBesidesItsText(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "none");
    String text =
        "<!DOCTYPE %1$s [<!ENTITY c SYSTEM '%2$s'>]><%1$s type='dir'><name>&c;</name></%1$s>";
    for (DefinitionFormat format : Golden.FORMATS) {
      String root = format.name().substring("libvirt-".length());
      ParsedFile file = format.parse(SourceText.of("x.xml", text.formatted(root, secret.toUri())));
      onlyProblem(file);
      assertEquals(0, file.storages().size() + file.guests().size());
    }
  }

  private static ParsedFile parseInTime(String text) {
    return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Opened.parse(text));
  }

  private static Problem onlyProblem(ParsedFile file) {
    assertEquals(1, file.problems().size(), file.problems().toString());
    Problem problem = file.problems().get(0);
    assertEquals(Problem.Severity.ERROR, problem.severity());
    assertEquals(1, problem.message().lines().count(), problem.message());
    return problem;
  }
}
