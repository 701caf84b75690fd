package dev.policyctl.lint;

import dev.policyctl.exception.Allowance;
import dev.policyctl.exception.AllowanceReader;
import dev.policyctl.exception.Concern;
import dev.policyctl.exception.Decision;
import dev.policyctl.exception.Exceptions;
import dev.policyctl.format.ParsedFile;
import dev.policyctl.format.Positions;
import dev.policyctl.format.Remark;
import dev.policyctl.model.DeclaredVolume;
import dev.policyctl.model.Field;
import dev.policyctl.model.Values;
import dev.policyctl.policy.Judgement;
import dev.policyctl.policy.Policy;
import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import dev.policyctl.source.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is accepted in one file, by itself and by the exceptions of its context. */
final class Acceptance {
  private static final int MAX_ALLOWANCES = 100;

  private final Parsed parsed;
  private final Exceptions exceptions;
  private final List<Said> allowances = new ArrayList<>();
  private final Set<Allowance> used = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param of the positions of the guest or storage that it covers; empty for all of the file
   */
  private record Said(Allowance allowance, Optional<Positions> of) {
    boolean isAbout(Positions positions) {
      return of.map(own -> own == positions).orElse(true);
    }
  }

  Acceptance(Parsed parsed) {
    this.parsed = parsed;
    this.exceptions = parsed.surroundings().exceptions();
    List<Remark> remarks =
        exceptions.obeysFiles() ? parsed.definition().format().remarks(parsed.file()) : List.of();
    remarks.stream().limit(MAX_ALLOWANCES).forEach(this::read);
    if (remarks.size() > MAX_ALLOWANCES) {
      problems.add(
          Problem.warning(
              parsed.file().source().location(remarks.get(MAX_ALLOWANCES).at()),
              "more than " + MAX_ALLOWANCES + " allowances: from here on they suppress nothing",
              "write a StoragePolicyException"));
    }
  }

  private void read(Remark remark) {
    Location at = parsed.file().source().location(remark.at());
    AllowanceReader.Result result = AllowanceReader.read(remark.text().strip(), at);
    result.problem().ifPresent(problems::add);
    result
        .allowance()
        .filter(this::isKnown)
        .ifPresent(it -> allowances.add(new Said(it, remark.of())));
  }

  private boolean isKnown(Allowance allowance) {
    List<String> policies =
        parsed.surroundings().policies().all().stream().map(Policy::name).toList();
    if (!policies.contains(allowance.policy())) {
      return refused(allowance.at(), "policy", allowance.policy(), policies);
    }
    Optional<String> volume = allowance.volume();
    Set<String> keys = keys();
    return volume.isEmpty()
        || keys.contains(volume.get())
        || refused(allowance.at(), "volume", volume.get(), keys);
  }

  private boolean refused(Location at, String what, String word, Collection<String> known) {
    String near = Suggestion.didYouMean(word, known);
    String help = near.isEmpty() ? "see `policyctl lint --verbose`" : near.substring(2);
    problems.add(Problem.warning(at, "unknown " + what + " `" + word + "` in an allowance", help));
    return false;
  }

  private Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    ParsedFile file = parsed.file();
    file.guests()
        .forEach(it -> it.guest().volumes().stream().map(DeclaredVolume::key).forEach(keys::add));
    file.storages().forEach(it -> keys.add(it.storage().id()));
    return keys;
  }

  /** What becomes of a judgement; of passes and of broken policies nothing. */
  Decision decide(
      String policy,
      Judgement judgement,
      FindingWriter.Subject subject,
      Values values,
      Positions positions) {
    boolean counts = judgement instanceof Judgement.Fail || judgement instanceof Judgement.Unknown;
    if (!counts || (allowances.isEmpty() && exceptions.isEmpty())) {
      return Decision.NOTHING;
    }
    Concern concern =
        new Concern(
            parsed.definition().fullPath(),
            subject.format(),
            subject.guest(),
            subject.key(),
            subject.section(),
            storage(subject, values),
            policy);
    Decision own = own(concern, positions);
    if (own.suppression().isPresent() || exceptions.isEmpty()) {
      return own;
    }
    Decision other =
        exceptions.decide(concern, judgement instanceof Judgement.Fail ? "fail" : "unknown");
    List<String> expired = new ArrayList<>(own.expired());
    expired.addAll(other.expired());
    return new Decision(other.suppression(), expired);
  }

  private Decision own(Concern concern, Positions positions) {
    Decision decision = Decision.NOTHING;
    for (Said said : allowances) {
      if (said.isAbout(positions) && said.allowance().matches(concern)) {
        used.add(said.allowance());
        decision = exceptions.decide(said.allowance());
        if (decision.suppression().isPresent()) {
          return decision;
        }
      }
    }
    return decision;
  }

  private static String storage(FindingWriter.Subject subject, Values values) {
    if (subject.guest().isEmpty()) {
      return subject.key();
    }
    return subject.isVolume() ? values.get(Field.STORAGE_ID).ifKnown().orElse("") : "";
  }

  /** After all was judged: what is wrong with allowances, in the order of the file. */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems);
    for (Said said : allowances) {
      Allowance allowance = said.allowance();
      String name = "the allowance of `" + allowance.policy() + "`";
      if (!used.contains(allowance)) {
        all.add(
            Problem.warning(
                allowance.at(), name + " suppresses nothing", "take it out of the definition"));
      } else if (exceptions.endsSoon(allowance)) {
        all.add(
            Problem.warning(
                allowance.at(),
                name + " ends on " + allowance.until(),
                "cure what it allows, or write a later `until`"));
      }
    }
    return all;
  }
}
