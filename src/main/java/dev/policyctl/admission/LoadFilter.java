package dev.policyctl.admission;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts requests in and out, before their bodies are read. */
@Singleton
final class LoadFilter {
  private static final int BEFORE_ALL = 1000;
  private static final int TOO_LARGE = 413;
  private static final int UNAVAILABLE = 503;

  /** As quarkus.http.limits.max-body-size, which ends the whole connection. */
  private static final long MAX_BODY = 8 << 20;

  private final Load load;

  LoadFilter(Load load) {
    this.load = load;
  }

  void register(@Observes Filters filters) {
    filters.register(this::count, BEFORE_ALL);
  }

  private void count(RoutingContext context) {
    long size = declaredSize(context);
    if (size > MAX_BODY) {
      refuse(context, TOO_LARGE, "the body is larger than 8 MiB");
    } else if (!load.enter(size)) {
      refuse(context, UNAVAILABLE, "policyctl is overloaded: too many large requests at once");
    } else {
      context.addEndHandler(end -> load.leave(size));
      context.next();
    }
  }

  /**
   * Of one request alone: others may come over the same HTTP/2 connection. The API server shows its
   * users what is plain text (client-go, rest/request.go, isTextResponse).
   */
  private static void refuse(RoutingContext context, int status, String error) {
    boolean isReview = context.normalizedPath().startsWith("/admission/");
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, isReview ? "text/plain" : "application/json")
        .end(isReview ? error : "{\"error\":\"" + error + "\"}");
  }

  private static long declaredSize(RoutingContext context) {
    String declared = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return declared == null ? 0 : Math.max(0, Long.parseLong(declared));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
