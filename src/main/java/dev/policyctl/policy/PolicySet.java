package dev.policyctl.policy;

import dev.policyctl.source.Problem;
import java.util.Collection;
import java.util.Comparator;
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
  private final PolicyCompiler compiler;
  private final List<Policy> policies;
  private final Map<String, PolicyCompiler.Result> results = new ConcurrentHashMap<>();
  private final Map<Target, List<CompiledPolicy>> byTarget = new ConcurrentHashMap<>();

  /**
   * @param policies of two with one name the later replaces the earlier
   */
  public PolicySet(PolicyCompiler compiler, Collection<Policy> policies) {
    this.compiler = compiler;
    Map<String, Policy> byName = new LinkedHashMap<>();
    policies.forEach(policy -> byName.put(policy.name(), policy));
    this.policies = byName.values().stream().sorted(Comparator.comparing(Policy::name)).toList();
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
    return results.computeIfAbsent(policy.name(), name -> compiler.compile(policy));
  }
}
