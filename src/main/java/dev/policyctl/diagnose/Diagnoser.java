package dev.policyctl.diagnose;

import dev.policyctl.source.SourceText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** From the text of logs to damaged files, to their guests and what explains the damage. */
public final class Diagnoser {
  private final Predicate<String> isSafeKernel;

  /**
   * @param isSafeKernel whether btrfs in a kernel of this release copies what is written direct
   *     onto checksummed data before it uses it
   */
  public Diagnoser(Predicate<String> isSafeKernel) {
    this.isSafeKernel = isSafeKernel;
  }

  /**
   * @param logs texts in any order and of any kind: kernel log lines, {@code btrfs scrub status},
   *     {@code btrfs device stats}, {@code zpool status}, {@code zpool events}
   * @param images the volumes of the guests that are known
   * @param lookup what is known of the host's files
   */
  public Diagnosis diagnose(
      List<SourceText> logs, Collection<KnownImage> images, InodeLookup lookup) {
    LogReader reader = new LogReader();
    logs.forEach(reader::read);
    Evidence evidence = reader.evidence();
    evidence.join();
    ImageMatcher matcher = new ImageMatcher(images, lookup);
    Explainer explainer = new Explainer(isSafeKernel, evidence.kernels(), lookup);
    FileJudge judge = new FileJudge(matcher, explainer, lookup);
    List<DamagedFile> files =
        evidence.files().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(FileId.ORDER))
            .map(entry -> judge.judge(entry.getKey(), entry.getValue()))
            .toList();
    Conclusions conclusions =
        new Conclusions(evidence, files, List.copyOf(images), explainer, lookup);
    return new Diagnosis(
        files,
        List.copyOf(evidence.devices().values()),
        evidence.scrubs(),
        conclusions.all(reader.understood()),
        reader.lines(),
        reader.understood());
  }
}
