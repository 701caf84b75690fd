package dev.policyctl.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the options say reaches the service. They become system properties, so that it is alone. */
@Isolated
class TlsOptionsTest {
  @Test
  void namesOfCallersArriveWhole(@TempDir Path folder) throws Exception {
    String pem = Files.writeString(folder.resolve("file.pem"), "").toString();
    TlsOptions options = new TlsOptions();
    new CommandLine(CommandSpec.create())
        .addMixin("tls", options)
        .parseArgs(
            "--tls-certificate=" + pem,
            "--tls-key=" + pem,
            "--client-ca=" + pem,
            "--client-name=O=a, CN=b",
            "--client-name=c\\d");
    Properties before = (Properties) System.getProperties().clone();
    try {
      options.set(true);
      assertEquals(
          Optional.of(List.of("O=a, CN=b", "c\\d")),
          new SmallRyeConfigBuilder()
              .addDefaultSources()
              .withMapping(ServiceOptions.class)
              .build()
              .getConfigMapping(ServiceOptions.class)
              .clientName());
    } finally {
      System.setProperties(before);
    }
  }
}
