package dev.policyctl.cli;

import dev.policyctl.model.HostFacts;

/** Takes a host's facts to where others look them up. */
public interface FactsSink {

  /**
   * @throws PublishFailure where they did not arrive
   */
  void put(HostFacts facts) throws PublishFailure;

  /** Why they did not. */
  final class PublishFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public PublishFailure(String message) {
      super(message);
    }
  }
}
