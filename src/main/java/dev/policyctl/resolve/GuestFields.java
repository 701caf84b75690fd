package dev.policyctl.resolve;

import dev.policyctl.model.DeclaredGuest;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import java.util.Optional;

/** The guest's own fields. */
final class GuestFields {
  private GuestFields() {}

  static Values.Builder add(DeclaredGuest guest, Host host, Values.Builder values) {
    return values
        .set(Field.GUEST_FORMAT, guest.format())
        .set(Field.GUEST_ID, guest.id())
        .set(Field.GUEST_NAME, guest.name())
        .set(Field.GUEST_HOST, host(guest, host))
        .set(Field.GUEST_BYPASSES, guest.bypasses());
  }

  private static Fact<String> host(DeclaredGuest guest, Host host) {
    Optional<String> judged = Optional.of(host.name()).filter(name -> !name.isEmpty());
    Optional<String> name = guest.host().or(() -> judged);
    return name.map(known -> Fact.known(known))
        .orElseGet(
            () ->
                Fact.unknown(
                    new Missing(
                        Field.GUEST_HOST.path(), guest.id(), "name its host with `--host`")));
  }
}
