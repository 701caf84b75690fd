package dev.policyctl.report;

import dev.policyctl.policy.Finding;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.Verdict;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of the policies with how often each failed or could not be decided. */
final class HtmlPolicies {
  private final Map<String, int[]> counts = new HashMap<>();

  void add(Finding finding) {
    int[] of = counts.computeIfAbsent(finding.policy(), name -> new int[2]);
    if (finding.verdict() != Verdict.PASS) {
      of[finding.verdict() == Verdict.FAIL ? 0 : 1]++;
    }
  }

  void write(HtmlWriter html, List<Policy> policies) throws IOException {
    html.raw("<table><thead><tr><th scope=\"col\">policy</th><th scope=\"col\">severity</th>");
    html.raw("<th scope=\"col\">fails</th><th scope=\"col\">not known</th></tr></thead><tbody>\n");
    for (Policy policy : policies) {
      row(html, policy, counts.getOrDefault(policy.name(), new int[2]));
    }
    html.raw("</tbody></table>\n");
  }

  private static void row(HtmlWriter html, Policy policy, int[] count) throws IOException {
    html.raw("<tr id=\"policy-").text(policy.name()).raw("\"><th scope=\"row\"><details><summary>");
    html.text(policy.name()).raw("</summary><p><b>").prose(policy.title()).raw("</b></p>\n");
    for (String paragraph : policy.description().strip().split("\n\\s*\n", -1)) {
      html.raw("<p>");
      for (String line : paragraph.lines().toList()) {
        html.prose(line).raw("\n");
      }
      html.raw("</p>");
    }
    for (String link : policy.references()) {
      reference(html, link);
    }
    html.raw("</details></th><td>" + policy.severity().word() + "</td>");
    cell(html, count[0], "fails", policy.severity().word());
    cell(html, count[1], "not known", Mark.UNKNOWN.word());
    html.raw("</tr>\n");
  }

  // A link of another scheme could run a script.
  private static void reference(HtmlWriter html, String link) throws IOException {
    boolean isWeb = link.startsWith("https://") || link.startsWith("http://");
    html.raw("<p>");
    if (isWeb) {
      html.raw("<a rel=\"noreferrer\" href=\"").text(link).raw("\">").text(link).raw("</a>");
    } else {
      html.text(link);
    }
    html.raw("</p>");
  }

  private static void cell(HtmlWriter html, int count, String name, String word)
      throws IOException {
    html.raw("<td data-name=\"" + name + "\" class=\"number" + (count > 0 ? " " + word : ""));
    html.raw("\">" + count + "</td>");
  }
}
