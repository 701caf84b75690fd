package dev.policyctl.cli;

import dev.policyctl.report.ReportFormat;
import dev.policyctl.source.Suggestion;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The word of a {@link ReportFormat}. */
public final class ReportFormatConverter implements ITypeConverter<ReportFormat> {
  private static List<String> words() {
    return Stream.of(ReportFormat.values()).map(ReportFormat::word).toList();
  }

  /** For the help text and the completion of shells. */
  public static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  @Override
  public ReportFormat convert(String word) {
    List<String> words = words();
    return Stream.of(ReportFormat.values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "unknown output format `"
                        + word
                        + "`: use one of "
                        + String.join(", ", words)
                        + Suggestion.didYouMean(word, words)));
  }
}
