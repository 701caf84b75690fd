package dev.policyctl.fix;

import dev.policyctl.format.DefinitionFormat;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.model.Change;
import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.policy.CompiledPolicy;
import dev.policyctl.policy.Judgement;
import dev.policyctl.source.Edit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of changes of one file whether they may be applied. The edited text must declare nothing
 * else than the change; its effective values must be those that were asked for; the policy must
 * pass; and no other policy may fail that did not fail before.
 */
public final class FixProver {
  private final ParsedFile file;
  private final Drafts drafts;

  /**
   * @param changes all that will be asked about
   */
  public FixProver(DefinitionFormat format, ParsedFile file, Collection<Change> changes) {
    this.file = file;
    this.drafts = new Drafts(format, file, changes);
  }

  /** Finds the subject of a change in a parsed file and resolves it, once for each of its hosts. */
  public interface Resolution {
    List<Values> in(ParsedFile file);
  }

  /** What came of a proof. */
  public sealed interface Proof {

    /**
     * @param edits of the file's text
     */
    record Proven(List<Edit> edits) implements Proof {
      public Proven {
        edits = List.copyOf(edits);
      }
    }

    /**
     * @param why a clause for a message
     */
    record Refused(String why) implements Proof {}
  }

  /**
   * @param policy the one that fails and that the change is to cure
   * @param others all policies for such a subject
   */
  public Proof prove(
      Change change, CompiledPolicy policy, List<CompiledPolicy> others, Resolution subject) {
    Draft draft = drafts.of(change);
    if (draft instanceof Draft.Refused refused) {
      return new Proof.Refused(refused.why());
    }
    Draft.Written written = (Draft.Written) draft;
    return objection(change, policy, others, subject.in(file), subject.in(written.after()))
        .<Proof>map(Proof.Refused::new)
        .orElseGet(() -> new Proof.Proven(written.edits()));
  }

  private static Optional<String> objection(
      Change change,
      CompiledPolicy policy,
      List<CompiledPolicy> others,
      List<Values> before,
      List<Values> after) {
    for (int host = 0; host < before.size(); host++) {
      Values old = before.get(host);
      Values edited = after.get(host);
      boolean failed = fails(policy, old);
      Optional<String> found = failed ? notAsAsked(change, edited) : Optional.<String>empty();
      found = found.or(() -> twoPageCaches(old, edited));
      if (found.isEmpty() && failed && !(policy.judge(edited) instanceof Judgement.Pass)) {
        found = Optional.of("the finding would stay");
      }
      found = found.or(() -> newFailure(others, old, edited));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> notAsAsked(Change change, Values edited) {
    for (Map.Entry<String, Object> asked : change.values().entrySet()) {
      Fact<?> found = edited.get(Field.byPath(asked.getKey()).orElseThrow());
      if (!found.ifKnown().equals(Optional.of(asked.getValue()))) {
        return Optional.of("`" + asked.getKey() + "` would not be `" + asked.getValue() + "`");
      }
    }
    return Optional.empty();
  }

  /** The page caches of two hosts do not know of one another's writes. */
  private static Optional<String> twoPageCaches(Values old, Values edited) {
    boolean shared = old.has(Field.VOLUME_SHARED) && old.known(Field.VOLUME_SHARED);
    boolean leavesDirect =
        shared
            && !old.get(Field.VOLUME_IO_DIRECT).is(false)
            && !edited.get(Field.VOLUME_IO_DIRECT).is(true);
    return leavesDirect
        ? Optional.of("several guests write the volume, and their page caches would destroy data")
        : Optional.empty();
  }

  private static Optional<String> newFailure(
      List<CompiledPolicy> others, Values old, Values edited) {
    return others.stream()
        .filter(other -> fails(other, edited) && !fails(other, old))
        .findFirst()
        .map(other -> "`" + other.policy().name() + "` would fail then");
  }

  private static boolean fails(CompiledPolicy policy, Values values) {
    return policy.judge(values) instanceof Judgement.Fail;
  }
}
