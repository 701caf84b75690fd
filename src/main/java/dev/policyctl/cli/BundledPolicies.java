package dev.policyctl.cli;

import dev.policyctl.policy.CheckedPolicy;
import dev.policyctl.policy.Policy;
import dev.policyctl.policy.PolicyArchive;
import dev.policyctl.policy.PolicyCompiler;
import dev.policyctl.policy.PolicyReader;
import dev.policyctl.source.Problem;
import dev.policyctl.source.SourceText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The policies that come with the program. The build reads and checks them with {@link #main} and
 * leaves an archive among the program's resources.
 */
public final class BundledPolicies {
  private static final String ARCHIVE = "bundled-policies.bin";

  private BundledPolicies() {}

  static List<CheckedPolicy> read() {
    try (InputStream in = BundledPolicies.class.getResourceAsStream(ARCHIVE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its policies");
      }
      return PolicyArchive.read(new ByteArrayInputStream(in.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException("the bundled policies cannot be read", e);
    }
  }

  /**
   * Makes the archive.
   *
   * @param args the folder of the policies, and the folder of the program's classes
   */
  public static void main(String[] args) throws IOException {
    Path archive =
        Path.of(args[1])
            .resolve(BundledPolicies.class.getPackageName().replace('.', '/'))
            .resolve(ARCHIVE);
    List<CheckedPolicy> policies = compile(Path.of(args[0]));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
      PolicyArchive.write(policies, out);
    }
  }

  /** Policies of a folder, in the order of their names, with places relative to its parent. */
  public static List<CheckedPolicy> compile(Path folder) throws IOException {
    PolicyCompiler compiler = new PolicyCompiler();
    List<CheckedPolicy> checked = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Path file : PolicyFiles.policyFiles(folder)) {
      String name = folder.getFileName() + "/" + folder.relativize(file).toString();
      PolicyReader.Result read =
          PolicyReader.read(SourceText.decode(name, Files.readAllBytes(file)));
      problems.addAll(read.problems());
      for (Policy policy : read.policies()) {
        PolicyCompiler.Result result = compiler.compile(policy);
        problems.addAll(result.problems());
        result.policy().ifPresent(checked::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the bundled policies have problems: " + problems);
    }
    return checked;
  }
}
