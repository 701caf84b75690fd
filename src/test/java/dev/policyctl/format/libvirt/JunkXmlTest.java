package dev.policyctl.format.libvirt;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.source.Edits;
import dev.policyctl.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a text holds, reading, judging and editing it throws nothing. */
class JunkXmlTest {
  private static final String VALID =
      """
      <?xml version="1.0"?>
      <domain type='kvm' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>g</name>
        <devices>
          <disk type='file' device='disk'>
            <driver name='qemu' cache='none' io="native"/>
            <source file='/a'/><target dev='vda'/><shareable/>
          </disk>
          <filesystem><source dir='/s'/><target dir='t'/></filesystem>
        </devices>
        <q:commandline><q:arg value='-drive'/></q:commandline>
      </domain>
      """;

  @Property(tries = 2000, seed = "4711")
  void piecesOfXmlInAnyOrder(@ForAll("pieces") List<String> pieces) {
    use(String.join("", pieces));
  }

  @Property(tries = 2000, seed = "4712")
  void aValidDomainWithOneStretchReplaced(
      @ForAll("places") int start,
      @ForAll("places") int length,
      @ForAll("pieces") List<String> by) {
    int from = Math.min(start, VALID.length());
    int to = Math.min(from + length % 20, VALID.length());
    use(VALID.substring(0, from) + String.join("", by) + VALID.substring(to));
  }

  @Property(tries = 2000, seed = "4714")
  void wellFormedElementsWhereTheyDoNotBelong(
      @ForAll("elements") List<String> inDisk, @ForAll("elements") List<String> inDevices) {
    String disk = "<disk>" + String.join("\n", inDisk) + "<target dev='vdb'/></disk>";
    for (String type : List.of("kvm", "lxc", "xen", "")) {
      use(Opened.domain(type, disk + String.join("", inDevices)));
    }
    use("<pool type='dir'>" + String.join(" ", inDisk) + "</pool>");
    use("<volume>" + String.join("", inDevices) + "</volume>");
  }

  @Provide
  Arbitrary<List<String>> elements() {
    return Arbitraries.of(
            "<driver/>",
            "<driver cache='none'/>",
            "<driver io='native'></driver>",
            "<source/>",
            "<source file=''/>",
            "<source pool='p'/>",
            "<source dev='/dev/mapper/a--'/>",
            "<source dev='//'/>",
            "<target/>",
            "<target dev=''/>",
            "<shareable/>",
            "<disk/>",
            "<disk type=''/>",
            "<filesystem/>",
            "<filesystem><target dir='/'/></filesystem>",
            "<emulator/>",
            "<emulator>/</emulator>",
            "<features/>",
            "<features><cow/></features>",
            "<target><nocow/></target>",
            "<name>n</name>",
            "<name/>",
            "text",
            "<!-- c -->")
        .list()
        .ofMaxSize(6);
  }

  @Property(tries = 500, seed = "4713")
  void anyBytes(@ForAll byte[] bytes) {
    SourceText text = SourceText.decode("x.xml", bytes, XmlEncoding.charsetOf(bytes));
    Golden.FORMATS.forEach(format -> use(format, text));
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, VALID.length());
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "<",
            ">",
            "/>",
            "</",
            "<?xml",
            "?>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<!DOCTYPE",
            "[",
            "]",
            "&",
            "&amp;",
            "&#0;",
            "&x;",
            "'",
            "\"",
            "=",
            " ",
            "\n",
            "\r\n",
            "\t",
            "\uFEFF",
            "\uD83D",
            "\uD83D\uDE00",
            "\0",
            "domain",
            "<domain type='kvm'>",
            "</domain>",
            "<disk>",
            "<disk",
            "</disk>",
            "<driver/>",
            "<driver cache='none'/>",
            "<driver",
            " cache='none'",
            " io='native'",
            "<target dev='vda'/>",
            "<source file='/a'/>",
            "<devices>",
            "</devices>",
            "xmlns='u'",
            "z:cache='none'",
            "<pool type='dir'>",
            "<volume>",
            "<name>n</name>",
            "</volume>",
            "encoding='UTF-16'",
            "<shareable/>",
            "</pool>",
            "<features>",
            "<nocow/>",
            "<target>")
        .list()
        .ofMaxSize(12);
  }

  private static void use(String text) {
    Golden.FORMATS.forEach(format -> use(format, SourceText.of("x.xml", text)));
    XmlEncoding.charsetOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void use(DefinitionFormat format, SourceText text) {
    format.recognizes("x.xml", text.text());
    ParsedFile file = format.parse(text);
    if (file.guests().isEmpty() && file.storages().isEmpty() && file.problems().isEmpty()) {
      throw new AssertionError("nothing was said of: " + text.text());
    }
    for (var guest : file.guests()) {
      for (DeclaredVolume volume : guest.guest().volumes()) {
        Opened.of(guest, volume, StorageCatalog.NONE);
        edit(format, file, guest.guest().id(), volume.key(), "volume.io.direct");
      }
    }
    for (var storage : file.storages()) {
      format.locator().locate(storage.storage());
      edit(format, file, "", storage.storage().id(), "storage.nocowOption");
    }
  }

  private static void edit(
      DefinitionFormat format, ParsedFile file, String guest, String key, String field) {
    Change change = new Change(guest, key, DeclaredVolume.CURRENT, Map.of(field, false));
    String edited = Edits.of(format.edits(file, change)).applyTo(file.source().text());
    if (!format.parse(SourceText.of("x.xml", edited)).problems().equals(file.problems())
        && file.problems().isEmpty()) {
      throw new AssertionError("an edit broke: " + edited);
    }
  }
}
