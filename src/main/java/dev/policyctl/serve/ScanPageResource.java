package dev.policyctl.serve;

import dev.policyctl.report.HtmlReport;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The page of the last scan at {@code /}. It has no authentication of its own and is off unless
 * asked for.
 */
@Path("/")
@Blocking
public final class ScanPageResource {
  private static final int RETRY_SECONDS = 5;

  /** Wanted, and not with the weight 0. */
  private static final Pattern GZIP =
      Pattern.compile("(?i)(^|,)\\s*gzip\\s*(,|$|;\\s*q\\s*=\\s*(1|0?\\.0*[1-9]))");

  /** Of the page that says that there is none yet. */
  private static final String NONE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="refresh" content="%d">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>No scan yet</title>
      </head>
      <body>
      <h1>No scan yet</h1>
      <p>%s</p>
      </body>
      </html>
      """;

  private final ServiceOptions options;
  private final WatchedCluster cluster;
  private final ScanPage page;

  ScanPageResource(ServiceOptions options, WatchedCluster cluster, ScanPage page) {
    this.options = options;
    this.cluster = cluster;
    this.page = page;
  }

  /** The page, or why there is none yet. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  public Response page(
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) Optional<String> encodings,
      @Context Request request)
      throws IOException {
    if (!options.scanPage()) {
      return Response.status(Response.Status.NOT_FOUND).build();
    }
    Optional<ScanPage.Made> made = page.ask();
    return guarded(made.isPresent() ? shown(made.get(), encodings, request) : none()).build();
  }

  /** Names of machines and volumes are nobody's but the reader's. */
  private static ResponseBuilder guarded(ResponseBuilder answer) {
    return answer
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Content-Security-Policy", HtmlReport.securityPolicy() + "; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }

  private static ResponseBuilder shown(
      ScanPage.Made made, Optional<String> encodings, Request request) throws IOException {
    // Weak, for the page is the same under every encoding.
    EntityTag tag = new EntityTag(Long.toHexString(made.at().toEpochMilli()), true);
    ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged;
    }
    ResponseBuilder answer =
        encodings.filter(ScanPageResource::allowsGzip).isPresent()
            ? Response.ok(made.gzip()).header(HttpHeaders.CONTENT_ENCODING, "gzip")
            : Response.ok(new GZIPInputStream(new ByteArrayInputStream(made.gzip())));
    return answer
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .lastModified(Date.from(made.at()))
        .tag(tag);
  }

  private static boolean allowsGzip(String encodings) {
    return GZIP.matcher(encodings).find();
  }

  private ResponseBuilder none() {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .entity(NONE.formatted(RETRY_SECONDS, why()));
  }

  private String why() {
    if (!options.cluster()) {
      return "This service answers from files alone and has no cluster to scan.";
    }
    return cluster.waitingFor().isEmpty()
        ? "A scan is on its way; this page asks again by itself."
        : "The cluster was not listed yet: waiting for "
            + String.join(", ", cluster.waitingFor())
            + ".";
  }
}
