package dev.policyctl.exception;

import dev.policyctl.source.Location;
import dev.policyctl.source.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind {@code policyctl:allow}. */
public final class AllowanceReader {
  private static final int MAX_LENGTH = 500;
  private static final String FORM = "write `POLICY [VOLUME] until=2027-03-01 reason=WHY`";
  private static final String UNTIL = "until=";
  private static final String REASON = "reason=";

  private AllowanceReader() {}

  /** An allowance, or why it is none. */
  public record Result(Optional<Allowance> allowance, Optional<Problem> problem) {}

  public static Result read(String text, Location at) {
    if (text.length() > MAX_LENGTH) {
      return problem(at, "an allowance has more than " + MAX_LENGTH + " chars");
    }
    // The reason goes to the end of the line.
    int mark = (" " + text).indexOf(" " + REASON);
    String head = (mark < 0 ? text : text.substring(0, mark)).strip();
    String reason = mark < 0 ? "" : unquoted(text.substring(mark + REASON.length()).strip());
    List<String> words = new ArrayList<>();
    String until = "";
    for (String word : head.split("\\s+", -1)) {
      if (word.startsWith(UNTIL)) {
        until = word.substring(UNTIL.length());
      } else {
        words.add(word);
      }
    }
    return read(words, until, reason, at);
  }

  private static Result read(List<String> words, String until, String reason, Location at) {
    if (words.isEmpty() || words.get(0).isEmpty()) {
      return problem(at, "an allowance names no policy");
    }
    String policy = words.get(0);
    if (words.size() > 2) {
      return problem(at, "unknown word `" + words.get(2) + "` in an allowance");
    }
    if (reason.isEmpty()) {
      return problem(at, "the allowance of `" + policy + "` gives no reason");
    }
    Optional<LocalDate> day = Days.parse(until);
    if (day.isEmpty()) {
      String what = until.isEmpty() ? "says no `until`" : "ends on no day: `" + until + "`";
      return problem(at, "the allowance of `" + policy + "` " + what);
    }
    Optional<String> volume = words.size() < 2 ? Optional.empty() : Optional.of(words.get(1));
    return new Result(
        Optional.of(new Allowance(policy, volume, day.get(), reason, at)), Optional.empty());
  }

  private static String unquoted(String reason) {
    boolean quoted = reason.length() > 1 && reason.startsWith("\"") && reason.endsWith("\"");
    return quoted ? reason.substring(1, reason.length() - 1).strip() : reason;
  }

  private static Result problem(Location at, String message) {
    return new Result(
        Optional.empty(),
        Optional.of(Problem.warning(at, message + ", and suppresses nothing", FORM)));
  }
}
