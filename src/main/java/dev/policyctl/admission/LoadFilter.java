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
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Load load;

  LoadFilter(Load load) {
    this.load = load;
  }

  void register(@Observes Filters filters) {
    filters.register(this::count, BEFORE_ALL);
  }

  private void count(RoutingContext context) {
    long size = declaredSize(context);
    if (!load.enter(size)) {
      context
          .response()
          .setStatusCode(SERVICE_UNAVAILABLE)
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .putHeader(HttpHeaders.CONNECTION, "close")
          .end("{\"error\":\"policyctl is overloaded: too many large requests at once\"}");
      return;
    }
    context.addEndHandler(end -> load.leave(size));
    context.next();
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
