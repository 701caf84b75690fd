package dev.policyctl.fix;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.source.Edit;
import dev.policyctl.source.Edits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A definition with changes written into it. */
public sealed interface Draft {

  /**
   * Nothing but the changes differs: the edited text was parsed again and compared.
   *
   * @param edits of the text as it was
   * @param after the edited text, parsed
   */
  record Written(List<Edit> edits, ParsedFile after) implements Draft {
    public Written {
      edits = List.copyOf(edits);
    }
  }

  /**
   * @param why a clause for a message
   */
  record Refused(String why) implements Draft {}

  /**
   * Writes all the changes into one text, or none.
   *
   * @param changes with the format's edits for each
   */
  static Draft write(DefinitionFormat format, ParsedFile file, Map<Change, List<Edit>> changes) {
    List<Edit> all = new ArrayList<>();
    changes.values().forEach(all::addAll);
    Edits ordered;
    try {
      ordered = Edits.of(all);
    } catch (IllegalArgumentException e) {
      return new Refused("its edits overlap");
    }
    String text = ordered.applyTo(file.source().text());
    ParsedFile after = file.reparse(format, file.source().withText(text));
    return new Comparison(format, file, after)
        .unexpected(changes.keySet())
        .<Draft>map(Refused::new)
        .orElseGet(() -> new Written(ordered.ordered(), after));
  }
}
