package dev.policyctl.policy;

import dev.policyctl.source.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Policies by target, in the order of their names, each compiled when it is first asked for, so
 * that a run pays for the targets it meets. Thread-safe.
 */
public final class PolicySet {
  private final Optional<PolicyCompiler> compiler;
  private final List<Policy> policies;
  private final Map<String, PolicyCompiler.Result> results;
  private final Map<Target, List<CompiledPolicy>> byTarget = new ConcurrentHashMap<>();

  private PolicySet(
      Optional<PolicyCompiler> compiler,
      Collection<Policy> policies,
      Map<String, PolicyCompiler.Result> results) {
    this.compiler = compiler;
    this.policies = policies.stream().sorted(Comparator.comparing(Policy::name)).toList();
    this.results = new ConcurrentHashMap<>(results);
  }

  /**
   * @param policies of two with one name the later replaces the earlier
   */
  public PolicySet(PolicyCompiler compiler, Collection<Policy> policies) {
    this(Optional.of(compiler), byName(policies).values(), Map.of());
  }

  /** A set that needs no compiler. */
  public static PolicySet of(Collection<CheckedPolicy> checked) {
    Map<String, PolicyCompiler.Result> results = new LinkedHashMap<>();
    for (CheckedPolicy policy : checked) {
      results.put(
          policy.policy().name(), new PolicyCompiler.Result(Optional.of(policy), List.of()));
    }
    return new PolicySet(
        Optional.empty(), checked.stream().map(CheckedPolicy::policy).toList(), results);
  }

  /** These policies and others; of two with one name the other replaces this set's. */
  public PolicySet with(PolicyCompiler other, Collection<Policy> others) {
    Map<String, Policy> all = byName(policies);
    all.putAll(byName(others));
    Map<String, PolicyCompiler.Result> kept = new HashMap<>(results);
    others.forEach(policy -> kept.remove(policy.name()));
    return new PolicySet(Optional.of(other), all.values(), kept);
  }

  /** These policies and others; of two with one name the other replaces this set's. */
  public PolicySet with(Collection<CheckedPolicy> others) {
    Map<String, Policy> all = byName(policies);
    Map<String, PolicyCompiler.Result> known = new HashMap<>(results);
    for (CheckedPolicy other : others) {
      all.put(other.policy().name(), other.policy());
      known.put(other.policy().name(), new PolicyCompiler.Result(Optional.of(other), List.of()));
    }
    return new PolicySet(compiler, all.values(), known);
  }

  private static Map<String, Policy> byName(Collection<Policy> policies) {
    Map<String, Policy> byName = new LinkedHashMap<>();
    policies.forEach(policy -> byName.put(policy.name(), policy));
    return byName;
  }

  public List<Policy> all() {
    return policies;
  }

  public Optional<Policy> find(String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  /** What is wrong with the expressions of one of its policies. */
  public List<Problem> problems(Policy policy) {
    return result(policy).problems();
  }

  /** The policies for such subjects. One with problems is left out: {@link #problems} tells. */
  public List<CompiledPolicy> forTarget(Target target) {
    return byTarget.computeIfAbsent(
        target,
        wanted ->
            policies.stream()
                .filter(policy -> policy.target() == wanted)
                .flatMap(policy -> result(policy).policy().stream())
                .map(CompiledPolicy::new)
                .toList());
  }

  private PolicyCompiler.Result result(Policy policy) {
    // Invariant: a set without a compiler was given the results.
    return results.computeIfAbsent(policy.name(), name -> compiler.orElseThrow().compile(policy));
  }
}
