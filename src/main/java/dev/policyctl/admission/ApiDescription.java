package dev.policyctl.admission;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** What {@link HttpApi} answers to, for programs that are made from such a description. */
@Path("/api/v1/openapi.yaml")
@Blocking
public final class ApiDescription {
  private static final String FILE = "openapi.yaml";

  private final HttpApiSwitch isOn;

  ApiDescription(HttpApiSwitch isOn) {
    this.isOn = isOn;
  }

  /** The description, OpenAPI 3.1. */
  @GET
  @Produces("application/yaml")
  public Response openapi() throws IOException {
    if (!isOn.value()) {
      return Response.status(Response.Status.NOT_FOUND).build();
    }
    try (InputStream in = ApiDescription.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its " + FILE);
      }
      return Response.ok(in.readAllBytes()).build();
    }
  }
}
