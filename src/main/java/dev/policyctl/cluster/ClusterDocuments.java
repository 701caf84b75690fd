package dev.policyctl.cluster;

import dev.policyctl.exception.ExceptionReader;
import dev.policyctl.exception.StoragePolicyException;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.model.HostFacts;
import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * The policies, the facts and the exceptions of a cluster at one moment; none where it does not
 * have our kinds.
 *
 * @param problems of documents that were left out
 */
public record ClusterDocuments(
    List<CheckedPolicy> policies,
    List<HostFacts> facts,
    List<StoragePolicyException> exceptions,
    List<Problem> problems) {

  public static ClusterDocuments read(KubernetesClient client) {
    List<CheckedPolicy> policies = new ArrayList<>();
    List<HostFacts> facts = new ArrayList<>();
    List<StoragePolicyException> exceptions = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    PolicyCompiler compiler = new PolicyCompiler();
    for (SourceText text : documents(client, WatchedKind.POLICIES)) {
      PolicyReader.Result read = PolicyReader.read(text);
      List<Problem> own = new ArrayList<>(read.problems());
      for (Policy policy : read.policies()) {
        PolicyCompiler.Result result = compiler.compile(policy);
        own.addAll(result.problems());
        result.policy().ifPresent(policies::add);
      }
      own.forEach(problem -> problems.add(text.quote(problem)));
    }
    for (SourceText text : documents(client, WatchedKind.FACTS)) {
      HostFactsReader.Result read = HostFactsReader.read(text);
      facts.addAll(read.hosts());
      read.problems().forEach(problem -> problems.add(text.quote(problem)));
    }
    for (SourceText text : documents(client, WatchedKind.EXCEPTIONS)) {
      ExceptionReader.Result read = ExceptionReader.read(text);
      exceptions.addAll(read.exceptions());
      read.problems().forEach(problem -> problems.add(text.quote(problem)));
    }
    return new ClusterDocuments(policies, facts, exceptions, problems);
  }

  private static List<SourceText> documents(KubernetesClient client, WatchedKind kind) {
    return Documents.list(client, kind).stream().map(Objects::document).toList();
  }
}
