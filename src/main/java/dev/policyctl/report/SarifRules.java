package dev.policyctl.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Severity;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The program and its policies as SARIF's tool and rules. */
final class SarifRules {
  // A report with a link that is no URI would be refused as a whole.
  private static final Pattern LINK = Pattern.compile("https?://[\\w.~:/?#@!$&'()*+,;=%-]+");

  // GitHub code scanning takes no longer description: "SARIF support for code scanning".
  private static final int MAX_DESCRIPTION = 1024;

  private final JsonGenerator json;

  SarifRules(JsonGenerator json) {
    this.json = json;
  }

  void tool(Run run) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "policyctl");
    // Azure DevOps refuses a report without it.
    json.writeStringField("fullName", ("policyctl " + run.version()).strip());
    if (!run.version().isEmpty()) {
      json.writeStringField("version", run.version());
    }
    json.writeArrayFieldStart("rules");
    for (Policy policy : run.policies()) {
      rule(policy);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void rule(Policy policy) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", policy.name());
    json.writeStringField("name", pascalCase(policy.name()));
    SarifPlaces.text(json, "shortDescription", shortened(policy.title()));
    String description = policy.description().strip();
    SarifPlaces.text(
        json, "fullDescription", shortened(description.isEmpty() ? policy.title() : description));
    json.writeObjectFieldStart("help");
    json.writeStringField("text", plain(policy));
    json.writeStringField("markdown", markdown(policy));
    json.writeEndObject();
    List<String> links = links(policy);
    if (!links.isEmpty()) {
      json.writeStringField("helpUri", links.get(0));
    }
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(policy.severity()));
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    JsonOutput.strings(json, "tags", List.of("data-integrity", policy.target().word()));
    json.writeStringField("problem.severity", problemSeverity(policy.severity()));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** As many paragraphs as fit; the help has them all. */
  private static String shortened(String text) {
    if (text.length() <= MAX_DESCRIPTION) {
      return text;
    }
    int paragraph = text.lastIndexOf("\n\n", MAX_DESCRIPTION);
    if (paragraph > 0) {
      return text.substring(0, paragraph);
    }
    int cut = MAX_DESCRIPTION - 1;
    return text.substring(0, Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut) + "…";
  }

  static String level(Severity severity) {
    return severity == Severity.INFO ? "note" : severity.word();
  }

  // GitHub's word for what it shows of a rule that is about no security.
  private static String problemSeverity(Severity severity) {
    return severity == Severity.INFO ? "recommendation" : severity.word();
  }

  private static List<String> links(Policy policy) {
    return policy.references().stream().filter(link -> LINK.matcher(link).matches()).toList();
  }

  // SARIF wants a name that an end user understands and that differs from the id.
  private static String pascalCase(String name) {
    StringBuilder joined = new StringBuilder();
    for (String word : name.split("-", -1)) {
      joined.append(word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)));
      joined.append(word.isEmpty() ? "" : word.substring(1));
    }
    return joined.toString();
  }

  private static String plain(Policy policy) {
    StringBuilder text = new StringBuilder(policy.title()).append(".\n\n");
    text.append(policy.description().strip()).append('\n');
    policy.fixes().forEach(fix -> text.append("\nCure: ").append(fix.title()).append('\n'));
    policy.references().forEach(link -> text.append('\n').append(link));
    return text.toString().strip();
  }

  private static String markdown(Policy policy) {
    StringBuilder text = new StringBuilder("**").append(policy.title()).append("**\n\n");
    text.append(policy.description().strip()).append('\n');
    if (!policy.fixes().isEmpty()) {
      text.append("\n## Cures\n\n");
    }
    for (Policy.Fix fix : policy.fixes()) {
      text.append("- ").append(fix.safety().word()).append(": ").append(fix.title()).append('\n');
    }
    if (!policy.references().isEmpty()) {
      text.append("\n## References\n\n");
    }
    policy.references().forEach(link -> text.append("- <").append(link).append(">\n"));
    return text.toString().strip();
  }
}
