package dev.policyctl.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what is no review with 400 and the reason. */
@Provider
public final class MalformedReviewMapper implements ExceptionMapper<MalformedReview> {
  @Override
  public Response toResponse(MalformedReview malformed) {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON)
        .entity(JsonNodeFactory.instance.objectNode().put("error", malformed.getMessage()))
        .build();
  }
}
