package dev.policyctl.cli;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code --version}: the first line of what {@code policyctl version} tells. */
final class VersionOption {
  @Option(
      names = "--version",
      versionHelp = true,
      description = "show the version; `policyctl version` tells more")
  boolean requested;

  /** Asked by picocli when it meets the option. */
  static final class FirstLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Build.running().line()};
    }
  }
}
