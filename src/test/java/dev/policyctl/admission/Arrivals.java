package dev.policyctl.admission;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** By which version of HTTP, and over how many connections, requests came to the service. */
@Singleton
final class Arrivals {
  private static final int FIRST = 2000;

  private final Set<HttpVersion> versions = EnumSet.noneOf(HttpVersion.class);
  private final Set<HttpConnection> connections = new HashSet<>();
  private int requests;

  void register(@Observes Filters filters) {
    filters.register(this::note, FIRST);
  }

  private void note(RoutingContext context) {
    synchronized (this) {
      versions.add(context.request().version());
      connections.add(context.request().connection());
      requests++;
    }
    context.next();
  }

  synchronized void forget() {
    versions.clear();
    connections.clear();
    requests = 0;
  }

  synchronized Set<HttpVersion> versions() {
    return Set.copyOf(versions);
  }

  synchronized int connections() {
    return connections.size();
  }

  synchronized int requests() {
    return requests;
  }
}
