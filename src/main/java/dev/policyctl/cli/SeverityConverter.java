package dev.policyctl.cli;

import dev.policyctl.policy.Severity;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code error}, {@code warning} or {@code info}. */
public final class SeverityConverter implements ITypeConverter<Severity> {
  @Override
  public Severity convert(String word) {
    return Stream.of(Severity.values())
        .filter(severity -> severity.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "`" + word + "` is no severity: use `error`, `warning` or `info`"));
  }
}
