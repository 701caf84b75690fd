package dev.policyctl.policy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Checked policies as bytes, so that a run needs neither a YAML reader nor the CEL compiler for
 * them. Archives are read by the build that wrote them: there is no version of the form.
 */
public final class PolicyArchive {
  private PolicyArchive() {}

  public static void write(Collection<CheckedPolicy> policies, OutputStream out)
      throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(policies.size());
    PolicyArchiveWriter writer = new PolicyArchiveWriter(data);
    for (CheckedPolicy policy : policies) {
      writer.write(policy);
    }
    data.flush();
  }

  public static List<CheckedPolicy> read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int size = data.readInt();
    List<CheckedPolicy> policies = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      policies.add(new PolicyArchiveReader(data).read());
    }
    return policies;
  }
}
