package dev.policyctl.diagnose;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.HostFile;
import dev.policyctl.model.HostFacts.Loop;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a volume's definition explains wrong checksums: it is written with O_DIRECT, its data is
 * checksummed, and such a write uses the writer's memory, which may change meanwhile.
 */
final class Explainer {
  private static final String IN_PLACE = "inPlace";

  /**
   * @param because the reasons; of an unknown, those of what is known
   */
  record Judgement(Explanation explanation, List<String> because, List<Missing> missing) {}

  /** One of the conditions, with words for it when its fact has no reasons of its own. */
  private record Condition(Fact<Boolean> holds, String yes, String no) {
    List<String> reasons() {
      if (!holds.because().isEmpty()) {
        return holds.because();
      }
      return holds.ifKnown().map(value -> List.of(value ? yes : no)).orElse(List.of());
    }
  }

  private final Predicate<String> isSafeKernel;
  private final Collection<String> logKernels;
  private final InodeLookup lookup;

  /**
   * @param isSafeKernel whether btrfs of a release copies what is written direct onto checksums
   * @param logKernels releases that the logs name
   */
  Explainer(Predicate<String> isSafeKernel, Collection<String> logKernels, InodeLookup lookup) {
    this.isSafeKernel = isSafeKernel;
    this.logKernels = logKernels;
    this.lookup = lookup;
  }

  Judgement judge(KnownImage image) {
    Values values = image.values();
    Fact<String> writes = directWrites(values);
    List<Condition> conditions =
        List.of(
            new Condition(
                Fact.known(values.known(Field.VOLUME_WRITTEN)),
                "",
                "the guest does not write " + image.words()),
            new Condition(
                direct(image), "it is opened with O_DIRECT", "it is not opened with O_DIRECT"),
            new Condition(
                values.get(Field.STORAGE_CHECKSUMS),
                "its data is checksummed",
                "its data has no checksums"),
            new Condition(
                writes.map(IN_PLACE::equals),
                "a direct write uses the writer's memory",
                "a direct write is " + writes.ifKnown().orElse("")));
    Judgement judgement = conclude(conditions);
    return values.get(Field.STORAGE_FILESYSTEM).is("btrfs")
        ? withAssumption(judgement, image)
        : judgement;
  }

  /** A kernel that is not known is taken as an old one, which is said. */
  private Judgement withAssumption(Judgement judgement, KnownImage image) {
    boolean said = judgement.because().stream().anyMatch(reason -> reason.contains("kernel"));
    boolean known = image.values().get(Field.HOST_KERNEL).isKnown() || !logKernels.isEmpty();
    if (said || known || judgement.explanation() != Explanation.DEFINITION) {
      return judgement;
    }
    List<String> because = new ArrayList<>(judgement.because());
    because.add("the kernel is not known and taken as one before 6.15");
    return new Judgement(judgement.explanation(), because, judgement.missing());
  }

  private static Judgement conclude(List<Condition> conditions) {
    List<Condition> no = conditions.stream().filter(one -> one.holds().is(false)).toList();
    if (!no.isEmpty()) {
      return new Judgement(Explanation.NOT_DEFINITION, reasons(no), List.of());
    }
    List<Missing> missing =
        conditions.stream()
            .flatMap(one -> one.holds().whatIsMissing().stream())
            .distinct()
            .toList();
    Explanation explanation = missing.isEmpty() ? Explanation.DEFINITION : Explanation.UNKNOWN;
    return new Judgement(explanation, reasons(conditions), missing);
  }

  private static List<String> reasons(List<Condition> conditions) {
    List<String> reasons = new ArrayList<>();
    for (Condition condition : conditions) {
      condition.reasons().stream()
          .filter(reason -> !reason.isEmpty() && !reasons.contains(reason))
          .forEach(reasons::add);
    }
    return reasons;
  }

  private Fact<Boolean> direct(KnownImage image) {
    Values values = image.values();
    Fact<Boolean> always = values.get(Field.STORAGE_ALWAYS_DIRECT);
    Fact<Boolean> direct = values.get(Field.VOLUME_IO_DIRECT);
    if (always.is(true) || direct.is(true)) {
      return direct.is(true) ? direct : always;
    }
    if (direct.isKnown() && image.isOpenedBy("loop")) {
      return loopDirect(image).flatMap(on -> on ? Fact.known(true) : orAlways(always, direct));
    }
    if (direct.isKnown() && values.known(Field.VOLUME_IO_POSSIBLE)) {
      return Fact.unknown(openFlags(image));
    }
    return direct.isKnown() ? orAlways(always, direct) : direct;
  }

  private static Fact<Boolean> orAlways(Fact<Boolean> always, Fact<Boolean> direct) {
    return always.isKnown() ? direct : always;
  }

  /** Nothing in a definition can tell how a loop device is attached. */
  private Fact<Boolean> loopDirect(KnownImage image) {
    Optional<Loop> loop = lookup.file(image.path()).flatMap(HostFile::loop);
    if (loop.isEmpty()) {
      return Fact.unknown(
          new Missing(
              "files.loop.directIo",
              image.path(),
              "while the guest runs: `losetup -O NAME,DIO -j "
                  + Printable.shellWord(image.path())
                  + "`, or `policyctl probe` and its output with `--facts`"));
    }
    String device = Printable.quoted("/dev/" + Scan.device(loop.get().device()));
    return loop.get().directIo()
        ? Fact.known(true, device + " is attached with direct I/O")
        : Fact.known(false, device + " is attached without direct I/O");
  }

  private static Missing openFlags(KnownImage image) {
    return new Missing(
        Field.VOLUME_IO_DIRECT.path(),
        image.path(),
        "find the process in the guest that writes the file; `flags:` in its /proc/PID/fdinfo has"
            + " the octal bit 040000 where it uses O_DIRECT");
  }

  /** The log's kernel is the one that was at work; the facts may be younger, or not know it. */
  private Fact<String> directWrites(Values values) {
    Fact<String> writes = values.get(Field.STORAGE_DIRECT_WRITES);
    boolean decidedByKernel =
        values.get(Field.STORAGE_FILESYSTEM).is("btrfs")
            && (writes.is(IN_PLACE) || writes.is("buffered") || writes.is("bounced"));
    if (!decidedByKernel || logKernels.isEmpty()) {
      return writes;
    }
    Optional<String> old = logKernels.stream().filter(isSafeKernel.negate()).findFirst();
    if (old.isPresent()) {
      return writes.is(IN_PLACE)
          ? writes
          : Fact.known(
              IN_PLACE,
              "the log is of kernel " + Printable.quoted(old.get()) + ": it writes in place");
    }
    boolean assumed = !values.get(Field.HOST_KERNEL).isKnown();
    return writes.is(IN_PLACE) && assumed
        ? Fact.known(
            "buffered",
            "the log is of kernel "
                + logKernels.iterator().next()
                + ": it copies what is written direct onto checksums")
        : writes;
  }
}
