package dev.policyctl.format.libvirt;

import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import dev.policyctl.source.Span;
import dev.policyctl.source.Suggestion;
import java.util.List;

/** Problems for what makes libvirt refuse the whole definition because of one volume. */
record Refusal(SourceText source, String key, List<Problem> problems) {

  /** An attribute that is absent is fine; words are compared exactly, as libvirt does. */
  void unlessOneOf(XmlElement element, String attribute, List<String> words) {
    String value = element.attribute(attribute);
    if (!element.has(attribute) || words.contains(value)) {
      return;
    }
    Span span = element.attributeSpan(attribute).orElse(element.tag().span());
    problems.add(
        Problem.error(
            source.location(span),
            "libvirt refuses `" + value + "` as `" + attribute + "` of `" + key + "`",
            "use `" + String.join("`, `", words) + "`" + Suggestion.didYouMean(value, words)));
  }

  void of(Span span, String what, String help) {
    problems.add(
        Problem.error(source.location(span), "libvirt refuses `" + key + "`: it " + what, help));
  }
}
