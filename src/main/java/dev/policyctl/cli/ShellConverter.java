package dev.policyctl.cli;

import dev.policyctl.completion.Shell;
import dev.policyctl.source.Suggestion;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The word of a {@link Shell}. */
public final class ShellConverter implements ITypeConverter<Shell> {
  @Override
  public Shell convert(String word) {
    List<String> words = Stream.of(Shell.values()).map(Shell::word).toList();
    return Stream.of(Shell.values())
        .filter(shell -> shell.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "no completion for `"
                        + word
                        + "`: name one of "
                        + String.join(", ", words)
                        + Suggestion.didYouMean(word, words)));
  }
}
