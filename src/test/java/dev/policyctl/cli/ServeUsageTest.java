package dev.policyctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is refused before a service starts. Options become system properties, so that it is alone.
 */
@Isolated
class ServeUsageTest {
  @TempDir Path folder;
  private Properties before = new Properties();
  private String pem = "";

  @BeforeEach
  void keepProperties() throws Exception {
    before = (Properties) System.getProperties().clone();
    pem = Files.writeString(folder.resolve("file.pem"), "").toString();
  }

  @AfterEach
  void restoreProperties() {
    System.setProperties(before);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          --no-cluster,                                     "no certificate, or two of them"
          --tls-certificate PEM,                            `--tls-certificate` and `--tls-key` go together
          TLS --tls-secret s,                               "no certificate, or two of them"
          --tls-secret s,                                   `--tls-secret` needs a cluster and a name
          TLS --client-name a,                              `--client-name` needs an authority
          TLS --client-ca PEM --client-name=,               `--client-name` is empty
          TLS --client-ca PEM/no,                           cannot read `
          TLS --no-cluster --scan-page,                     `--scan-page` needs a cluster to scan
          TLS --scan-interval 0 --scan-page,                `--scan-interval` must be at least 1
          """)
  void saysWhatIsWrong(String options, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    String[] arguments =
        ("serve " + options.replace("TLS", "--tls-certificate PEM --tls-key PEM"))
            .replace("PEM", pem)
            .split(" ", -1);
    int exit = Policyctl.run(arguments, new Terminal(stream, stream, false, false, false));
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("policyctl: error: " + message), said);
    assertEquals(2, exit, said);
  }
}
