package dev.policyctl.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to the service under test that speaks HTTP/1.1, of which a test writes every part
 * itself: requests behind one another, and bodies that end late or never.
 */
public final class TlsConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] rest = new byte[0];

  /** A status and a body. */
  public record Answer(int status, String body) {}

  private TlsConnection(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  public static TlsConnection open() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TlsClient.anyCertificate()
                .getSocketFactory()
                .createSocket("localhost", TlsClient.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new TlsConnection(socket);
  }

  /** Sends a whole request. */
  public void send(String path, byte[] body) throws IOException {
    begin(path, body);
    finish();
  }

  /** Sends the head of a request and half of its body. */
  public void begin(String path, byte[] body) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    out.write(head.formatted(path, body.length).getBytes(StandardCharsets.US_ASCII));
    out.write(body, 0, body.length / 2);
    out.flush();
    rest = Arrays.copyOfRange(body, body.length / 2, body.length);
  }

  /** Sends the other half. */
  public void finish() throws IOException {
    out.write(rest);
    out.flush();
  }

  /** The next answer. */
  public Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean inChunks = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = header.substring(name.length() + 1).strip();
      length = name.equals("content-length") ? Integer.parseInt(value) : length;
      inChunks |= name.equals("transfer-encoding") && value.equals("chunked");
    }
    byte[] body = inChunks ? chunks() : in.readNBytes(length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
