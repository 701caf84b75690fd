package dev.policyctl.policy;

import java.util.Locale;

/** What the webhook answers when a policy fails or cannot be decided. */
public record Admission(Action fail, Action unknown) {

  public enum Action {
    DENY,
    WARN,
    AUDIT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An error denies, a warning warns, an info is only recorded; what is unknown warns. */
  public static Admission of(Severity severity) {
    Action fail =
        switch (severity) {
          case ERROR -> Action.DENY;
          case WARNING -> Action.WARN;
          case INFO -> Action.AUDIT;
        };
    return new Admission(fail, Action.WARN);
  }
}
