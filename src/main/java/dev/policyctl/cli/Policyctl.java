package dev.policyctl.cli;

/** The command line's entry point. */
public final class Policyctl {
  private Policyctl() {}

  public static void main(String[] args) {}
}
