package dev.policyctl.serve;

import dev.policyctl.admission.Reviewer;
import dev.policyctl.admission.World;
import dev.policyctl.cli.PolicyFiles;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.StorageCatalog;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts the service together. */
final class Wiring {
  @Produces
  @Singleton
  Reviewer reviewer(ServiceOptions options) {
    PolicyFiles.Loaded loaded =
        PolicyFiles.load(options.policies().orElse(List.of()).stream().map(Path::of).toList());
    World world =
        new World(
            new Surroundings(StorageCatalog.NONE, List.of(), Optional.empty(), loaded.policies()),
            Cluster.of(List.of()));
    return new Reviewer(() -> world, (review, outcome) -> {});
  }
}
