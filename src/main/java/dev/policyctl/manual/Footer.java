package dev.policyctl.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command's help says below its options: exit codes and examples.
 *
 * @param exitCodes what each number means, in their order
 */
record Footer(Map<String, String> exitCodes, List<String> examples) {
  private static final Pattern EXIT_CODE = Pattern.compile("(\\d+) (.+?)(?=\\s{2,}\\d+ |$)");

  static Footer of(CommandSpec command) {
    List<String> lines = new ArrayList<>();
    for (String heading : List.of(command.usageMessage().footerHeading())) {
      lines.addAll(heading.replace("%n", "\n").lines().toList());
    }
    lines.addAll(List.of(command.usageMessage().footer()));
    Map<String, String> codes = new LinkedHashMap<>();
    List<String> examples = new ArrayList<>();
    String below = "";
    for (String line : lines) {
      if (line.endsWith(":") && !line.startsWith(" ")) {
        below = line;
      } else if (below.equals("Exit codes:")) {
        exitCodes(line, codes);
      } else if (below.equals("Examples:") && !line.isBlank()) {
        examples.add(line.strip());
      }
    }
    codes.putIfAbsent("0", "it was done");
    codes.putIfAbsent("2", "usage, unreadable input");
    codes.putIfAbsent("70", "a defect of policyctl");
    return new Footer(codes, examples);
  }

  private static void exitCodes(String line, Map<String, String> codes) {
    Matcher code = EXIT_CODE.matcher(line.strip());
    while (code.find()) {
      codes.put(code.group(1), code.group(2));
    }
  }
}
