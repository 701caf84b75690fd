package dev.policyctl.format.libvirt;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/** The encoding of an XML file: by its byte order mark, else as its XML declaration says. */
public final class XmlEncoding {
  private static final int MAX_DECLARATION = 256;

  private XmlEncoding() {}

  /**
   * @param head the file's first bytes, at least 256 or all of them
   * @return UTF-8 where nothing else is said, or what is said is not known
   */
  public static Charset charsetOf(byte[] head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16;
    }
    if (startsWith(head, 0, '<')) {
      return StandardCharsets.UTF_16BE;
    }
    if (startsWith(head, '<', 0)) {
      return StandardCharsets.UTF_16LE;
    }
    int length = Math.min(head.length, MAX_DECLARATION);
    String declared = declared(new String(head, 0, length, StandardCharsets.ISO_8859_1));
    // A declaration that can be read byte by byte contradicts the encodings that it cannot be of.
    return find(declared)
        .filter(charset -> !charset.name().startsWith("UTF-16") && charset.canEncode())
        .orElse(StandardCharsets.UTF_8);
  }

  /** What the XML declaration at the beginning of the text says; empty when it says nothing. */
  static String declared(String text) {
    int start = !text.isEmpty() && text.charAt(0) == XmlProlog.BYTE_ORDER_MARK ? 1 : 0;
    if (!text.startsWith("<?xml", start)) {
      return "";
    }
    int end = text.indexOf("?>", start);
    int name = text.indexOf("encoding", start);
    if (end < 0 || name < 0 || name > end) {
      return "";
    }
    int equals = StartTag.skipSpace(text, name + "encoding".length());
    int open = StartTag.skipSpace(text, equals + 1);
    int close = open < end ? text.indexOf(text.charAt(open), open + 1) : -1;
    return close < 0 || close > end ? "" : text.substring(open + 1, close);
  }

  static Optional<Charset> find(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
