package dev.policyctl.cli;

import dev.policyctl.cli.GuestGate.Judged;
import dev.policyctl.lint.Summary;
import dev.policyctl.policy.Finding;
import dev.policyctl.report.Report;
import dev.policyctl.report.ReportFormat;
import dev.policyctl.report.ReportOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One call of a hook: judges in bounded time, says what came of it, and refuses a guest for a
 * failure alone. What is unknown, a defect of this program and a host that does not answer let it
 * start.
 */
final class HookRun {
  private final Terminal terminal;
  private final HookOptions options;
  private final String guest;
  private final HostLog log;

  /**
   * @param guest what is started, for a person: {@code guest `101`}
   */
  HookRun(Terminal terminal, HookOptions options, String guest) {
    options.check();
    this.terminal = terminal;
    this.options = options;
    this.guest = guest;
    this.log = new HostLog(options.isLive());
  }

  /**
   * @param judge empty where there is nothing to judge, which it has told
   * @return the exit code
   */
  int run(Callable<Optional<Judged>> judge) throws IOException {
    CompletableFuture<Optional<Judged>> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(answer, judge), "judges a guest");
    thread.setDaemon(true);
    thread.start();
    try {
      Optional<Judged> judged = answer.get(options.seconds, TimeUnit.SECONDS);
      return judged.isPresent() ? answer(judged.get()) : 0;
    } catch (TimeoutException e) {
      startsUnjudged("it took longer than " + options.seconds + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      startsUnjudged("it was interrupted");
    } catch (ExecutionException e) {
      defect(e.getCause());
    }
    return 0;
  }

  private static void complete(
      CompletableFuture<Optional<Judged>> answer, Callable<Optional<Judged>> judge) {
    try {
      answer.complete(judge.call());
    } catch (Throwable e) { // Whatever goes wrong, the guest must not wait for it.
      answer.completeExceptionally(e);
    }
  }

  private void defect(Throwable cause) {
    if (cause instanceof IOException io) {
      startsUnjudged(DefinitionReader.reason(io));
    } else {
      startsUnjudged("a defect of policyctl: " + cause);
      Defect.print(terminal, "in a hook", cause);
    }
  }

  /** Says that nothing is known against the start, and why nothing is. */
  void startsUnjudged(String why) {
    say("warning", guest + " starts unjudged: " + why);
  }

  private int answer(Judged judged) throws IOException {
    if (judged.isRefused()) {
      say("err", guest + " is refused: " + reason(judged));
      report(judged);
      return options.refusal;
    }
    if (judged.corrected().isPresent()) {
      terminal.out().write(judged.corrected().get());
      say("notice", guest + " is corrected: " + reason(judged));
    } else if (!judged.refusing().isEmpty()) {
      say("warning", guest + " starts " + judged.despite() + ", though " + reason(judged));
      report(judged);
    } else if (judged.hasUnknown()) {
      say("warning", guest + " starts, though not all is known: " + unknown(judged));
      report(judged);
    } else if (!judged.told().findings().isEmpty()) {
      report(judged);
    }
    return 0;
  }

  private static String reason(Judged judged) {
    Finding first = judged.refusing().get(0);
    int others = judged.refusing().size() - 1;
    return first.message() + (others == 0 ? "" : ", and " + others + " more");
  }

  private static String unknown(Judged judged) {
    return judged.told().findings().stream()
        .flatMap(finding -> finding.missing().stream())
        .map(missing -> missing.message())
        .findFirst()
        .or(() -> judged.told().problems().stream().map(problem -> problem.message()).findFirst())
        .orElse("see the findings");
  }

  private void say(String priority, String line) {
    terminal.err().println("policyctl: " + line);
    terminal.err().flush();
    log.write(priority, line);
  }

  private void report(Judged judged) throws IOException {
    try (ReportOutput err = ReportOutput.openBesideOutput(Optional.empty(), terminal)) {
      Report report = ReportFormat.TEXT.open(err.target(), new ReportOptions(err.color(), false));
      report.file(judged.told());
      report.finish(Summary.EMPTY.plus(judged.told()), judged.isRefused() ? 1 : 0);
    }
  }
}
