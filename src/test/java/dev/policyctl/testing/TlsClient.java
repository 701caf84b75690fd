package dev.policyctl.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Speaks to a service under test on this host, whatever its certificate says. */
public final class TlsClient {
  private static final String PORT = "policyctl.test.port";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpResponse.BodyHandler<String> BODY = HttpResponse.BodyHandlers.ofString();
  private static final HttpClient CLIENT = client();

  private TlsClient() {}

  /** A port that nobody listens on, for the service that is asked from now on. */
  static int choosePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      System.setProperty(PORT, Integer.toString(free.getLocalPort()));
    }
    return port();
  }

  /** Where the service under test listens. */
  static int port() {
    return Integer.getInteger(PORT);
  }

  public static HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, body), BODY);
  }

  /** Asks again and again, over connections that stay and over new ones, until it is closed. */
  public static final class Load implements AutoCloseable {
    private final AtomicLong answers = new AtomicLong();
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isClosed;

    private Load(String path, byte[] body) {
      for (int i = 0; i < 4; i++) {
        boolean isNew = i % 2 == 0;
        Thread thread = new Thread(() -> ask(path, body, isNew));
        threads.add(thread);
        thread.start();
      }
    }

    private void ask(String path, byte[] body, boolean onNewConnections) {
      HttpClient client = client();
      while (!isClosed) {
        try {
          HttpResponse<String> response =
              (onNewConnections ? client() : client).send(request(path, body), BODY);
          if (response.statusCode() != 200) {
            failures.add("status " + response.statusCode());
          }
          answers.incrementAndGet();
        } catch (IOException e) {
          failures.add(e.toString());
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    /** How many requests were answered so far. */
    public long answers() {
      return answers.get();
    }

    /** What went wrong; empty where nothing did. */
    public String failures() {
      return String.join("; ", failures);
    }

    @Override
    public void close() {
      isClosed = true;
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public static Load load(String path, byte[] body) {
    return new Load(path, body);
  }

  /** Of the certificate that a new connection is shown. */
  public static String serialOfCertificate() throws IOException {
    try (SSLSocket socket =
        (SSLSocket) anyCertificate().getSocketFactory().createSocket("localhost", port())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSerialNumber().toString(16);
    }
  }

  public static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), BODY);
  }

  /** With a header, and whatever bytes are answered. */
  public static HttpResponse<byte[]> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(address(path)).header(header, value).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Of the service under test. */
  public static URI address(String path) {
    return URI.create("https://localhost:" + port() + path);
  }

  /** Sends parts of a form, each with its text. */
  public static HttpResponse<String> postParts(String path, Map<String, String> parts)
      throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder();
    parts.forEach(
        (name, text) ->
            body.append("--limit\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(text)
                .append("\r\n"));
    body.append("--limit--\r\n");
    return CLIENT.send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "multipart/form-data; boundary=limit")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        BODY);
  }

  private static HttpRequest request(String path, byte[] body) {
    return HttpRequest.newBuilder(address(path))
        .header("Content-Type", "application/json")
        .timeout(PATIENCE)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** With one connection that stays, as one who shows this certificate. */
  public static HttpClient as(ClientIdentity identity) {
    return HttpClient.newBuilder()
        .version(
            HttpClient.Version.HTTP_1_1) // Over HTTP/2 a refused certificate leaves it waiting.
        .sslContext(anyCertificate(identity))
        .build();
  }

  /** Over a client of the test's own. */
  public static HttpResponse<String> post(HttpClient client, String path, byte[] body)
      throws IOException, InterruptedException {
    return client.send(request(path, body), BODY);
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().sslContext(anyCertificate()).build();
  }

  static SSLContext anyCertificate(KeyManager... own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
