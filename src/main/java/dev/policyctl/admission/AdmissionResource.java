package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The addresses that the API server calls. A judgement is short work: it is done where it arrives.
 */
@Path("/admission")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AdmissionResource {
  private final Reviewer reviewer;

  AdmissionResource(Reviewer reviewer) {
    this.reviewer = reviewer;
  }

  @POST
  @Path("validate")
  @NonBlocking
  public JsonNode validate(byte[] body) throws MalformedReview {
    return reviewer.validate(Review.read(body));
  }
}
