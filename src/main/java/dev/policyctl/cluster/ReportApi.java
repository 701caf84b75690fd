package dev.policyctl.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The two kinds of API that reports are written in, and their words (kubernetes.md §5.5). */
public enum ReportApi {
  OPENREPORTS("openreports.io", "v1alpha1", "Report", "ClusterReport"),
  POLICYREPORT("wgpolicyk8s.io", "v1alpha2", "PolicyReport", "ClusterPolicyReport");

  private final String group;
  private final String version;
  private final String kind;
  private final String clusterKind;

  ReportApi(String group, String version, String kind, String clusterKind) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.clusterKind = clusterKind;
  }

  String apiVersion() {
    return group + "/" + version;
  }

  String kind(boolean isNamespaced) {
    return isNamespaced ? kind : clusterKind;
  }

  ResourceDefinitionContext context(boolean isNamespaced) {
    String name = kind(isNamespaced);
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(name)
        .withPlural(name.toLowerCase(java.util.Locale.ROOT) + "s")
        .withNamespaced(isNamespaced)
        .build();
  }
}
