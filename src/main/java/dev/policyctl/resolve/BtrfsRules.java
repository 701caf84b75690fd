package dev.policyctl.resolve;

import dev.policyctl.model.Fact;
import dev.policyctl.model.Field;
import dev.policyctl.model.HostFacts.Btrfs;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.model.HostFacts.HostFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * btrfs: copy-on-write and checksums are each file's own, decided when it was made by the inode's
 * NOCOW flag, by the mount's options, or by whoever made it (btrfs(5), MOUNT OPTIONS and FILE
 * ATTRIBUTES).
 */
final class BtrfsRules implements StorageRules {
  private static final Set<String> ONE_COPY = Set.of("single", "raid0");

  private final Site site;
  private final Fact<Boolean> nocowOption;
  private final boolean mountIsKnown;

  /**
   * @param nocowOption whether the storage's definition asks for NOCOW files
   */
  BtrfsRules(Site site, Fact<Boolean> nocowOption) {
    this.site = site;
    this.nocowOption = nocowOption;
    this.mountIsKnown = site.mount().flatMap(Filesystem::options).isPresent();
  }

  @Override
  public Fact<Boolean> cow() {
    Optional<Boolean> flag = site.file().flatMap(HostFile::noCow);
    if (flag.isPresent()) {
      return Fact.known(!flag.get(), "the file has " + (flag.get() ? "the" : "no") + " NOCOW flag");
    }
    if (directoryIsNoCow()) {
      return Fact.known(false, directoryReason());
    }
    if (isMountedWith("nodatacow")) {
      return Fact.known(false, mountReason("nodatacow"));
    }
    return byDefinition("copy-on-write");
  }

  @Override
  public Fact<Boolean> checksums() {
    Optional<Boolean> flag = site.file().flatMap(HostFile::noCow);
    if (flag.isPresent()) {
      return flag.get()
          ? Fact.known(false, "the file has the NOCOW flag and with it no checksums")
          : checksumsOfCowFile();
    }
    if (directoryIsNoCow()) {
      return Fact.known(false, directoryReason());
    }
    for (String option : List.of("nodatacow", "nodatasum")) {
      if (isMountedWith(option)) {
        return Fact.known(false, mountReason(option));
      }
    }
    return byDefinition("checksummed");
  }

  // A mount with `nodatacow` would have given the file the flag. One with `nodatasum` leaves no
  // trace on the files made under it. /proc/self/mountinfo shows `nodatacow` as both.
  private Fact<Boolean> checksumsOfCowFile() {
    if (isMountedWith("nodatacow")) {
      return Fact.known(true, "the file is older than the mount option `nodatacow`");
    }
    if (isMountedWith("nodatasum")) {
      return Fact.unknown(
          site.missing(
              Field.STORAGE_CHECKSUMS,
              "`nodatasum` leaves no mark on files: mount without it and copy the image"));
    }
    return mountIsKnown || typeImpliesBtrfs()
        ? Fact.known(true, "the file has checksums")
        : unknownOptions();
  }

  private Fact<Boolean> byDefinition(String quality) {
    Fact<Boolean> noCow = makesNoCowFiles();
    if (noCow.is(true)) {
      return site.unmade()
          ? Fact.known(false, "the storage's definition asks for files without copy-on-write")
          : unknownFlag();
    }
    if (!noCow.isKnown()) {
      return noCow;
    }
    return mountIsKnown || typeImpliesBtrfs()
        ? Fact.known(true, "files on " + site.place() + " are " + quality)
        : unknownOptions();
  }

  // Proxmox sets the flag on raw images alone (pve-storage BTRFSPlugin.pm alloc_image); libvirt
  // sets it on the pool's directory, from which every file inherits it.
  private Fact<Boolean> makesNoCowFiles() {
    boolean rawOnly = site.placement().type().is("btrfs");
    Optional<String> format = site.placement().imageFormat().ifKnown();
    return rawOnly && format.isPresent() && !format.get().equals("raw")
        ? Fact.known(false)
        : nocowOption;
  }

  private <T> Fact<T> unknownFlag() {
    return Fact.unknown(
        site.missing(
            Field.STORAGE_COW,
            "the storage's option for NOCOW files may be younger than the image: "
                + site.host().helpToProbe()
                + ", with the image's path"));
  }

  private <T> Fact<T> unknownOptions() {
    return Fact.unknown(
        site.missing(
            Field.STORAGE_CHECKSUMS, "the mount's options decide: " + site.host().helpToProbe()));
  }

  @Override
  public Fact<List<String>> profiles() {
    List<String> known = dataProfiles();
    return known.isEmpty()
        ? Fact.unknown(site.missing(Field.STORAGE_PROFILES))
        : Fact.known(known, "data on " + site.place() + " is " + String.join(" and ", known));
  }

  @Override
  public Fact<Boolean> redundant() {
    return profiles().map(all -> all.stream().anyMatch(profile -> !ONE_COPY.contains(profile)));
  }

  private List<String> dataProfiles() {
    return site.mount().flatMap(Filesystem::btrfs).map(Btrfs::dataProfiles).orElse(List.of());
  }

  @Override
  public Fact<String> directWrites() {
    Optional<KernelRelease> known = site.host().kernel();
    if (known.isEmpty()) {
      return Fact.known(
          "inPlace",
          "the kernel is not known and taken as one before "
              + KernelThresholds.BTRFS_BUFFERS_CHECKSUMMED.release()
              + ", which writes in place");
    }
    KernelRelease kernel = known.get();
    boolean sparesChecksummed = KernelThresholds.BTRFS_BUFFERS_CHECKSUMMED.isReachedBy(kernel);
    boolean sparesRedundant = KernelThresholds.BTRFS_BUFFERS_REDUNDANT.isReachedBy(kernel);
    Fact<Boolean> checksums = sparesChecksummed ? checksums() : Fact.known(false);
    Fact<Boolean> redundant = sparesRedundant ? redundant() : Fact.known(false);
    if (checksums.is(true)) {
      return spared(kernel, "files with checksums");
    }
    if (redundant.is(true)) {
      return spared(kernel, "data with copies");
    }
    return checksums.flatMap(
        no -> redundant.flatMap(neither -> inPlace(kernel, sparesChecksummed, sparesRedundant)));
  }

  private static Fact<String> spared(KernelRelease kernel, String what) {
    return KernelThresholds.BTRFS_BOUNCES.isReachedBy(kernel)
        ? Fact.known("bounced", "kernel " + kernel.text() + " copies direct writes to " + what)
        : Fact.known("buffered", "kernel " + kernel.text() + " buffers direct writes to " + what);
  }

  private static Fact<String> inPlace(
      KernelRelease kernel, boolean sparesChecksummed, boolean sparesRedundant) {
    String what = sparesChecksummed ? " writes such a file in place" : " writes in place";
    Fact<String> result = Fact.known("inPlace", "kernel " + kernel.text() + what);
    return kernel.vendor() && !(sparesChecksummed && sparesRedundant)
        ? result.because(
            "`directWrites` in the host's facts would tell of a change that its vendor backported")
        : result;
  }

  private boolean typeImpliesBtrfs() {
    return site.placement().filesystem().is("btrfs");
  }

  private boolean isMountedWith(String option) {
    return mountIsKnown && site.options().contains(option);
  }

  private String mountReason(String option) {
    return site.place() + " is mounted with `" + option + "`";
  }

  /** A directory's flag tells of files that are still to be made, not of a missing flag. */
  private boolean directoryIsNoCow() {
    return site.directory().flatMap(HostFile::noCow).orElse(false);
  }

  private String directoryReason() {
    return "files made in `"
        + site.directory().map(HostFile::path).orElse("")
        + "` inherit its NOCOW flag";
  }
}
