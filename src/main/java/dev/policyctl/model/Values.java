package dev.policyctl.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * The effective values of one subject of judgement: a fact for every field of its scopes. A volume
 * has guest, volume, storage and host; a guest has guest and host; a storage definition has storage
 * and host.
 */
public final class Values {
  private final Set<Field.Scope> scopes;
  private final Fact<?>[] facts;

  private Values(Set<Field.Scope> scopes, Fact<?>[] facts) {
    this.scopes = scopes;
    this.facts = facts;
  }

  public Set<Field.Scope> scopes() {
    return Set.copyOf(scopes);
  }

  public boolean has(Field<?> field) {
    return scopes.contains(field.scope());
  }

  /**
   * @throws IllegalArgumentException for a field of a scope that this subject does not have
   */
  @SuppressWarnings("unchecked") // Builder.set admits only facts of the field's type.
  public <T> Fact<T> get(Field<T> field) {
    if (!has(field)) {
      throw new IllegalArgumentException(field + " is no field of " + scopes);
    }
    return (Fact<T>) facts[field.index()];
  }

  /** The value of a field that is always known. */
  public <T> T known(Field<T> field) {
    return get(field).ifKnown().orElseThrow(() -> new IllegalStateException(field + " is unknown"));
  }

  /** A builder that starts with these values, to which others are added or set anew. */
  public Builder with() {
    Builder builder = new Builder();
    builder.scopes.addAll(scopes);
    System.arraycopy(facts, 0, builder.facts, 0, facts.length);
    return builder;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects facts; {@link #build()} refuses a scope that is not complete. */
  public static final class Builder {
    private final Set<Field.Scope> scopes = EnumSet.noneOf(Field.Scope.class);
    private final Fact<?>[] facts = new Fact<?>[Field.all().size()];

    public <T> Builder set(Field<T> field, Fact<T> fact) {
      if (!fact.isKnown() && !field.canBeUnknown()) {
        throw new IllegalArgumentException(field + " cannot be unknown");
      }
      scopes.add(field.scope());
      facts[field.index()] = fact;
      return this;
    }

    public <T> Builder set(Field<T> field, T value) {
      return set(field, Fact.known(value));
    }

    /** Every value of another subject, over those that are set. */
    public Builder setAll(Values other) {
      scopes.addAll(other.scopes);
      for (int i = 0; i < facts.length; i++) {
        if (other.facts[i] != null) {
          facts[i] = other.facts[i];
        }
      }
      return this;
    }

    public Values build() {
      for (Field<?> field : Field.all()) {
        if (scopes.contains(field.scope()) && facts[field.index()] == null) {
          throw new IllegalStateException(field + " is not set");
        }
      }
      return new Values(EnumSet.copyOf(scopes), facts.clone());
    }
  }
}
