package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;

/**
 * The addresses that the API server calls. A judgement is short work: it is done where it arrives.
 */
@Path("/admission")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AdmissionResource {
  private final Reviewer reviewer;
  private final Load load;
  private final ReviewMetrics metrics;

  AdmissionResource(Reviewer reviewer, Load load, ReviewMetrics metrics) {
    this.reviewer = reviewer;
    this.load = load;
    this.metrics = metrics;
  }

  @POST
  @Path("validate")
  @NonBlocking
  public JsonNode validate(byte[] body) throws MalformedReview {
    return answer(body, reviewer::validate);
  }

  @POST
  @Path("mutate")
  @NonBlocking
  public JsonNode mutate(byte[] body) throws MalformedReview {
    return answer(body, reviewer::mutate);
  }

  private JsonNode answer(byte[] body, Function<Review, JsonNode> judge) throws MalformedReview {
    long start = System.nanoTime();
    Review review = Review.read(body);
    if (load.isTooMuch()) {
      metrics.shed(review);
      return reviewer.shed(review);
    }
    JsonNode answer = judge.apply(review);
    metrics.took(System.nanoTime() - start);
    return answer;
  }
}
