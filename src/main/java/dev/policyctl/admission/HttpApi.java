package dev.policyctl.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicySet;
import dev.policyctl.report.ReportFormat;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The engine over HTTP, for whatever has no command line: a definition in, the report of {@code
 * lint} or {@code inspect} out. It has no authentication of its own and is off unless asked for.
 */
@Path("/api/v1")
@Blocking
public final class HttpApi {
  private static final String STDIN = "-";

  private final Reviewer reviewer;
  private final HttpApiSwitch isOn;

  HttpApi(Reviewer reviewer, HttpApiSwitch isOn) {
    this.reviewer = reviewer;
    this.isOn = isOn;
  }

  /**
   * Judges a definition, with facts and storages beside it.
   *
   * @param report the name of a report format
   */
  @POST
  @Path("lint")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response lintParts(
      @RestForm String definition,
      @RestForm Optional<String> facts,
      @RestForm Optional<String> storageCfg,
      @RestQuery Optional<String> path,
      @RestQuery Optional<String> as,
      @RestQuery Optional<String> host,
      @RestQuery @DefaultValue("json") String report) {
    return lint(
        new TextJudge.Texts(definition, path.orElse(STDIN), as, facts, storageCfg, host), report);
  }

  /** Judges a definition. */
  @POST
  @Path("lint")
  @Consumes(MediaType.WILDCARD)
  public Response lintText(
      String definition,
      @RestQuery Optional<String> path,
      @RestQuery Optional<String> as,
      @RestQuery Optional<String> host,
      @RestQuery @DefaultValue("json") String report) {
    return lint(
        new TextJudge.Texts(
            definition, path.orElse(STDIN), as, Optional.empty(), Optional.empty(), host),
        report);
  }

  private Response lint(TextJudge.Texts texts, String reportName) {
    Optional<ReportFormat> format =
        Arrays.stream(ReportFormat.values())
            .filter(known -> known.word().equals(reportName))
            .findFirst();
    if (format.isEmpty()) {
      String known =
          Arrays.stream(ReportFormat.values())
              .map(ReportFormat::word)
              .collect(Collectors.joining(", "));
      return refused("unknown report `" + reportName + "`: " + known);
    }
    return answer(texts, format.get().mediaType(), (judge, out) -> judge.lint(format.get(), out));
  }

  /** Resolves a definition, with facts and storages beside it. */
  @POST
  @Path("inspect")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response inspectParts(
      @RestForm String definition,
      @RestForm Optional<String> facts,
      @RestForm Optional<String> storageCfg,
      @RestQuery Optional<String> path,
      @RestQuery Optional<String> as,
      @RestQuery Optional<String> host) {
    return answer(
        new TextJudge.Texts(definition, path.orElse(STDIN), as, facts, storageCfg, host),
        MediaType.APPLICATION_JSON,
        TextJudge::inspect);
  }

  /** Resolves a definition. */
  @POST
  @Path("inspect")
  @Consumes(MediaType.WILDCARD)
  public Response inspectText(
      String definition,
      @RestQuery Optional<String> path,
      @RestQuery Optional<String> as,
      @RestQuery Optional<String> host) {
    return answer(
        new TextJudge.Texts(
            definition, path.orElse(STDIN), as, Optional.empty(), Optional.empty(), host),
        MediaType.APPLICATION_JSON,
        TextJudge::inspect);
  }

  /** The policies in force. */
  @GET
  @Path("policies")
  @Produces(MediaType.APPLICATION_JSON)
  public Response policies() {
    if (!isOn.value()) {
      return Response.status(Response.Status.NOT_FOUND).build();
    }
    PolicySet policies = reviewer.world().surroundings().policies();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Policy policy : policies.all()) {
      list.addObject()
          .put("name", policy.name())
          .put("title", policy.title())
          .put("severity", policy.severity().word())
          .put("target", policy.target().word())
          .put("inForce", policies.problems(policy).isEmpty())
          .putObject("admission")
          .put("fail", policy.admission().fail().word())
          .put("unknown", policy.admission().unknown().word());
    }
    return Response.ok(list).build();
  }

  private interface Work {
    void run(TextJudge judge, Appendable out) throws IOException;
  }

  private Response answer(TextJudge.Texts texts, String mediaType, Work work) {
    if (!isOn.value()) {
      return Response.status(Response.Status.NOT_FOUND).build();
    }
    if (texts.definition() == null || texts.definition().isBlank()) {
      return refused("the definition is empty");
    }
    StringBuilder out = new StringBuilder();
    try {
      PolicySet policies = reviewer.world().surroundings().policies();
      work.run(new TextJudge(policies, texts), out);
    } catch (TextJudge.Refused e) {
      return refused(e.getMessage());
    } catch (IOException e) {
      // Invariant: a string takes whatever is appended.
      throw new IllegalStateException(e);
    }
    return Response.ok(out.toString(), MediaType.valueOf(mediaType).withCharset("utf-8"))
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static Response refused(String message) {
    JsonNode error = JsonNodeFactory.instance.objectNode().put("error", message);
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON)
        .entity(error)
        .build();
  }
}
