package dev.policyctl.cli;

import dev.policyctl.model.Field;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The bundled policies and the model's fields, for the completion of shells. */
public final class PolicyAndFieldNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Stream.concat(
            PolicyFiles.load(List.of()).policies().all().stream().map(policy -> policy.name()),
            Field.all().stream().map(Field::path))
        .iterator();
  }
}
