package dev.policyctl.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port that leads to another one, until it is cut: connections are then closed, and new ones
 * accepted and closed.
 */
public final class Gateway implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int target;

  private Gateway(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  public static Gateway to(int target) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Gateway gateway = new Gateway(door, target);
    daemon(gateway::accept);
    return gateway;
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Leads nowhere from here on. */
  public void cut() {
    target = 0;
    open.forEach(Gateway::close);
    open.clear();
  }

  public void leadTo(int other) {
    target = other;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (target == 0) {
          close(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Where the target refuses, the client finds out.
        if (door.isClosed()) {
          return;
        }
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      close(client);
      throw e;
    }
    open.add(client);
    open.add(server);
    daemon(() -> pump(client, server));
    daemon(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side is gone; so is the other then.
      open.remove(from);
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
