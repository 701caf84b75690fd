package dev.policyctl.report;

import java.nio.charset.StandardCharsets;

/** A file's name in the forms that other programs take. */
final class ReportPath {
  private static final String UNRESERVED = "-._~/";

  private ReportPath() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  /**
   * Without a leading {@code ./}, which the collectors of reports do not match with their files.
   */
  static String plain(String path) {
    String rest = path;
    while (rest.startsWith("./")) {
      rest = rest.substring(2).replaceFirst("^/+", "");
    }
    return rest.isEmpty() ? path : rest;
  }

  /** A URI, relative where the path is. */
  static String uri(String path) {
    StringBuilder uri = new StringBuilder(isAbsolute(path) ? "file://" : "");
    for (byte b : plain(path).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean literal = c < 0x80 && (isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (literal) {
        uri.append(c);
      } else {
        uri.append(String.format("%%%02X", (int) c));
      }
    }
    return uri.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
