package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.policyctl.facts.HostFactsReader;
import dev.policyctl.format.kubernetes.Cluster;
import dev.policyctl.lint.Surroundings;
import dev.policyctl.model.StorageCatalog;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reviews a made-up dangerous machine again and again before the first real one comes, which would
 * otherwise wait until classes are loaded, policies planned and the code compiled.
 */
public final class WarmUp {
  private static final int TIMES = 100;

  private WarmUp() {}

  /** Returns the last answers to the validating and the mutating review. */
  public static List<JsonNode> run(PolicySet policies) {
    try {
      SourceText facts =
          SourceText.of("warm-up", new String(resource("facts.yaml"), StandardCharsets.UTF_8));
      Surroundings surroundings =
          new Surroundings(
              StorageCatalog.NONE, HostFactsReader.read(facts).hosts(), Optional.empty(), policies);
      World world = new World(surroundings, Cluster.of(List.of()));
      return review(new Reviewer(() -> world, (review, outcome) -> {}, true));
    } catch (IOException | MalformedReview e) {
      throw new IllegalStateException("the program's own review cannot be read", e);
    }
  }

  private static List<JsonNode> review(Reviewer reviewer) throws IOException, MalformedReview {
    byte[] body = resource("review.json");
    List<JsonNode> answers = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      answers = List.of(reviewer.validate(Review.read(body)), reviewer.mutate(Review.read(body)));
    }
    return answers;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = WarmUp.class.getResourceAsStream("warm-up." + name)) {
      if (in == null) {
        throw new IOException("the program lacks warm-up." + name);
      }
      return in.readAllBytes();
    }
  }
}
