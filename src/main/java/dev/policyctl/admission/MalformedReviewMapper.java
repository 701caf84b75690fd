package dev.policyctl.admission;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what is no review with 400 and the reason. */
@Provider
public final class MalformedReviewMapper implements ExceptionMapper<MalformedReview> {
  // Of other types the API server shows nothing (client-go, rest/request.go, isTextResponse).
  private static final String TEXT = "text/plain; charset=utf-8";

  @Override
  public Response toResponse(MalformedReview malformed) {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(TEXT)
        .entity(malformed.getMessage())
        .build();
  }
}
