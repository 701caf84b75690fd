package dev.policyctl.format.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.source.SourceText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlEncodingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # text                                             | written as   | read as
          <domain/>                                          | UTF-8        | UTF-8
          <?xml version="1.0"?>                              | UTF-8        | UTF-8
          <?xml version="1.0" encoding="ISO-8859-1"?>        | UTF-8        | ISO-8859-1
          <?xml version='1.0' encoding = 'windows-1252' ?>   | UTF-8        | windows-1252
          <?xml version="1.0" encoding="bogus"?>             | UTF-8        | UTF-8
          <?xml version="1.0" encoding="no such name!"?>     | UTF-8        | UTF-8
          <?xml version="1.0" encoding="UTF-16"?>            | UTF-8        | UTF-8
          <?xml version="1.0"?><a encoding="ISO-8859-1"/>    | UTF-8        | UTF-8
          <?xml encoding=                                    | UTF-8        | UTF-8
          <domain/>                                          | UTF-16       | UTF-16
          <domain/>                                          | UTF-16LE     | UTF-16LE
          <domain/>                                          | UTF-16BE     | UTF-16BE
          """)
  void isThatOfTheMarkOrTheDeclaration(String text, Charset written, Charset read) {
    assertEquals(read, XmlEncoding.charsetOf(text.getBytes(written)));
  }

  @Test
  void aUtf8MarkOverrulesTheDeclaration() {
    String text = "\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?><domain/>";

    assertEquals(
        StandardCharsets.UTF_8, XmlEncoding.charsetOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void positionsAreExactAfterAMarkAndCrlf() {
    String text =
        "\uFEFF<domain type='kvm'>\r\n<name>\uD83D\uDE00</name>\r\n<devices>\r\n<disk type='file'>"
            + "<driver\r\ncache='none'/><target dev='vda'/><source file='/a'/></disk>\r\n"
            + "</devices></domain>";
    var guest = Opened.parse(text).guests().get(0);
    var span =
        guest.positions().field("current", "vda", dev.policyctl.model.Field.VOLUME_IO_DIRECT);

    assertEquals("cache='none'", SourceText.of("x", text).slice(span.orElseThrow()));
    var tag = guest.positions().volume("current", "vda");
    assertEquals("<disk type='file'>", SourceText.of("x", text).slice(tag.orElseThrow()));
    assertTrue(guest.guest().name().equals("\uD83D\uDE00"), guest.guest().name());
  }
}
