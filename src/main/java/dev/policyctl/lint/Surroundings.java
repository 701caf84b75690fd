package dev.policyctl.lint;

import dev.policyctl.exception.Exceptions;
import dev.policyctl.model.HostFacts;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.resolve.Resolver;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What definitions are judged with: storages, the facts of hosts, policies. One instance serves all
 * files of one context, so that storages and facts are resolved once. Thread-safe.
 */
public final class Surroundings {
  private final StorageCatalog storages;
  private final Map<String, HostFacts> hosts;
  private final Optional<String> host;
  private final PolicySet policies;
  private final Exceptions exceptions;
  private final Map<String, Resolver> resolvers = new ConcurrentHashMap<>();

  /**
   * @param hosts facts, of different hosts
   * @param host the host that the user named, for definitions that name none
   */
  public Surroundings(
      StorageCatalog storages,
      Collection<HostFacts> hosts,
      Optional<String> host,
      PolicySet policies) {
    this(storages, hosts, host, policies, Exceptions.NONE);
  }

  private Surroundings(
      StorageCatalog storages,
      Collection<HostFacts> hosts,
      Optional<String> host,
      PolicySet policies,
      Exceptions exceptions) {
    this.exceptions = exceptions;
    this.storages = storages;
    this.hosts = new TreeMap<>();
    hosts.forEach(facts -> this.hosts.put(facts.name(), facts));
    this.host = host;
    this.policies = policies;
  }

  /** The same with other storages, which definitions found beside guests describe. */
  public Surroundings withStorages(StorageCatalog others) {
    return new Surroundings(others, hosts.values(), host, policies, exceptions);
  }

  /** The same where something is accepted. */
  public Surroundings withExceptions(Exceptions others) {
    return new Surroundings(storages, hosts.values(), host, policies, others);
  }

  public PolicySet policies() {
    return policies;
  }

  public Exceptions exceptions() {
    return exceptions;
  }

  /**
   * The hosts that a guest is judged for, each named once; the empty name stands for a host that is
   * not known.
   *
   * @param declared the host that the definition or its path names
   */
  List<String> hostsOfGuest(Optional<String> declared) {
    Optional<String> named = declared.or(() -> host);
    return named.map(List::of).orElseGet(this::hostsWithFacts);
  }

  /**
   * @param restriction the hosts that the storage may be used on; empty for every host
   */
  List<String> hostsOfStorage(List<String> restriction) {
    if (host.isPresent() && (restriction.isEmpty() || restriction.contains(host.get()))) {
      return List.of(host.get());
    }
    return restriction.isEmpty()
        ? hostsWithFacts()
        : restriction.stream().distinct().sorted().toList();
  }

  private List<String> hostsWithFacts() {
    return hosts.isEmpty() ? List.of("") : List.copyOf(hosts.keySet());
  }

  Resolver resolver(String hostName) {
    return resolvers.computeIfAbsent(
        hostName, name -> new Resolver(storages, name, Optional.ofNullable(hosts.get(name))));
  }
}
