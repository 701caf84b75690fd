package dev.policyctl.cli;

import dev.policyctl.lint.Formats;
import java.util.Iterator;

/** The definition formats, for the completion of shells. */
public final class FormatNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Formats.names().iterator();
  }
}
