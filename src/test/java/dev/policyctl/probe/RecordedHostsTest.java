package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder below {@code hosts} is a recorded host; {@code facts.txt} is what it tells. */
class RecordedHostsTest {
  private static final Path HOSTS = Path.of("src/test/resources/hosts");

  static List<Path> hosts() throws IOException {
    try (Stream<Path> hosts = Files.list(HOSTS)) {
      return hosts.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void tellsWhatIsThere(Path host) throws IOException {
    Path asked = host.resolve("paths.txt");
    List<String> paths = Files.exists(asked) ? Files.readAllLines(asked) : List.of();
    ProbeRequest request = new ProbeRequest(host, paths, Optional.empty());
    String told = FactsText.of(HostProbe.ofThisHost().probe(request));
    Path expected = host.resolve("facts.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, told);
    }
    assertEquals(Files.readString(expected), told);
  }
}
