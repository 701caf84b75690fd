package dev.policyctl.diagnose;

import dev.policyctl.diagnose.Conclusion.Step;
import dev.policyctl.diagnose.Conclusion.Weight;
import dev.policyctl.diagnose.Explainer.Judgement;
import dev.policyctl.model.Field;
import dev.policyctl.model.Missing;
import dev.policyctl.model.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of one damaged file whose it is, whether that explains the damage, and what to do. */
final class FileJudge {
  private static final String PROBE =
      "run `policyctl probe` on the host and pass its output with `--facts`";

  private final ImageMatcher matcher;
  private final Explainer explainer;
  private final InodeLookup lookup;

  FileJudge(ImageMatcher matcher, Explainer explainer, InodeLookup lookup) {
    this.matcher = matcher;
    this.explainer = explainer;
    this.lookup = lookup;
  }

  DamagedFile judge(FileId id, FileEvidence evidence) {
    Owners owners = Owners.of(id, evidence.paths(), matcher, lookup);
    DamagedFileName name = new DamagedFileName(id, owners.paths());
    Damage damage = evidence.damage();
    Judgement judgement =
        owners.images().isEmpty() ? withoutOwner(name, owners) : withOwners(owners.images());
    Optional<KnownImage> owner = primary(owners.images(), judgement);
    String start = name.shortName() + ": " + damage.words() + "; ";
    Conclusion conclusion =
        new Conclusion(
            damage.isRepaired() ? Weight.WARNING : Weight.ERROR,
            start + ending(judgement.explanation(), owner),
            judgement.because(),
            judgement.missing(),
            help(judgement),
            steps(judgement.explanation(), owner, name, damage));
    return new DamagedFile(
        id.device(),
        id.root(),
        id.inode(),
        owners.paths(),
        damage,
        owners.images(),
        judgement.explanation(),
        conclusion,
        evidence.firstSeen());
  }

  /** One owner that explains it is enough; only if none can, the definitions are ruled out. */
  private Judgement withOwners(List<KnownImage> owners) {
    List<Judgement> all =
        owners.stream().map(owner -> withOlderKernels(explainer.judge(owner), owner)).toList();
    return first(all, Explanation.DEFINITION)
        .or(() -> first(all, Explanation.UNKNOWN))
        .orElse(all.get(0));
  }

  private static Optional<Judgement> first(List<Judgement> all, Explanation explanation) {
    return all.stream().filter(one -> one.explanation() == explanation).findFirst();
  }

  private static Judgement withOlderKernels(Judgement judgement, KnownImage owner) {
    Values values = owner.values();
    boolean onlyTheKernel =
        judgement.explanation() == Explanation.NOT_DEFINITION
            && values.get(Field.STORAGE_FILESYSTEM).is("btrfs")
            && values.get(Field.VOLUME_IO_DIRECT).is(true)
            && values.get(Field.STORAGE_CHECKSUMS).is(true)
            && values.known(Field.VOLUME_WRITTEN);
    if (!onlyTheKernel) {
      return judgement;
    }
    List<String> because = new ArrayList<>(judgement.because());
    because.add(
        "a block that was written under a kernel before 6.15 stays damaged until it is written"
            + " anew: such an old one would be explained");
    return new Judgement(judgement.explanation(), because, judgement.missing());
  }

  private Judgement withoutOwner(DamagedFileName name, Owners owners) {
    List<String> paths = owners.paths();
    if (!owners.candidates().isEmpty()) {
      return unknown(
          "files.path",
          name.anyName(),
          PROBE + ": several images end in this path, among them " + listed(owners.candidates()));
    }
    if (name.isObject()) {
      return unknown(
          "files.path", name.anyName(), "the file may be deleted; else find its path as below");
    }
    if (paths.isEmpty()) {
      boolean subvolume = name.id().root().isPresent();
      return unknown(
          subvolume ? "files.path" : "files.root",
          name.numbers(),
          subvolume
              ? PROBE + ", or find the path as below"
              : "these lines do not name the subvolume: find the path as below");
    }
    if (paths.stream().anyMatch(ImageMatcher::looksLikeImage)) {
      return unknown(
          Field.GUEST_ID.path(),
          name.anyName(),
          matcher.isEmpty()
              ? "its name is that of a guest's image: give the definitions of this host's guests"
              : "its name is that of a guest's image, but no definition that was given has it");
    }
    List<KnownImage> perhapsInside = matcher.directoriesWithoutRoot();
    boolean relative = name.absolutePathOr("").isEmpty() && name.id().inode().isPresent();
    if (relative && !perhapsInside.isEmpty()) {
      return unknown("files.root", perhapsInside.get(0).path(), PROBE + ": the file may lie in it");
    }
    String reason =
        matcher.isEmpty()
            ? "by its name it is no guest's image"
            : "no definition that was given has it, and by its name it is no guest's image";
    return new Judgement(Explanation.NO_GUEST, List.of(reason), List.of());
  }

  private static Judgement unknown(String field, String of, String help) {
    return new Judgement(
        Explanation.UNKNOWN, List.of(), List.of(new Missing(field, Printable.escaped(of), help)));
  }

  private static String listed(List<KnownImage> images) {
    List<String> names =
        images.stream().limit(3).map(image -> Printable.quoted(image.path())).toList();
    return String.join(", ", names);
  }

  private Optional<KnownImage> primary(List<KnownImage> owners, Judgement judgement) {
    return owners.stream()
        .filter(owner -> explainer.judge(owner).explanation() == judgement.explanation())
        .findFirst();
  }

  private static String ending(Explanation explanation, Optional<KnownImage> owner) {
    String definition = "the definition of " + owner.map(KnownImage::words).orElse("");
    return switch (explanation) {
      case DEFINITION -> definition + " explains it";
      case NOT_DEFINITION -> definition + " does not explain it";
      case NO_GUEST -> "no guest's image, no definition explains it";
      case UNKNOWN -> "whether a definition explains it cannot be told";
    };
  }

  private static String help(Judgement judgement) {
    return switch (judgement.explanation()) {
      case DEFINITION ->
          "the disks may be healthy: end the direct writes first, then mend the image";
      case NOT_DEFINITION, NO_GUEST -> "suspect the hardware: disk, cable, controller, memory";
      case UNKNOWN -> judgement.missing().get(0).help();
    };
  }

  private static List<Step> steps(
      Explanation explanation, Optional<KnownImage> owner, DamagedFileName name, Damage damage) {
    return switch (explanation) {
      case DEFINITION -> owner.map(image -> Steps.cure(image, name)).orElse(List.of());
      case NOT_DEFINITION, NO_GUEST -> damage.isRepaired() ? List.of() : Steps.restore(name);
      case UNKNOWN ->
          name.paths().isEmpty() || name.isObject() ? Steps.findPath(name.id()) : List.of();
    };
  }
}
