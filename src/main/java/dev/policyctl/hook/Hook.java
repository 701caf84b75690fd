package dev.policyctl.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files of one hook on a host, in the order in which they are made; taken away in the reverse
 * order, so that nothing ever names a file that is not there.
 *
 * @param needed a directory of what calls the hook; without it there is nothing to hook into
 */
public record Hook(String name, Path needed, List<HookFile> files) {
  /** A file whose presence turns all hooks off. */
  public static final String SWITCH = "/etc/policyctl/hooks-off";

  private static final String FOLDER_OF_LXC = "usr/share/lxc";

  public Hook {
    files = List.copyOf(files);
  }

  /** What became of one file. */
  public enum Outcome {
    MADE,
    RENEWED,
    UNCHANGED,
    REMOVED,
    ABSENT,
    /** It is somebody else's, and as it was. */
    FOREIGN
  }

  /** A file and what became of it. */
  public record Done(Path path, Outcome outcome) {}

  /**
   * The hooks of libvirt's drivers that have one for guests, beside those that are there already
   * (libvirt 6.5 and newer).
   *
   * @param operations for which there is something to judge
   */
  public static Hook libvirt(Path root, String program, List<String> operations) {
    Path libvirt = root.resolve("etc/libvirt");
    String text = new HookScript("libvirt", 2, operations).text(program);
    List<HookFile> files = new ArrayList<>();
    for (String driver : List.of("qemu", "lxc")) {
      files.add(new HookFile(libvirt.resolve("hooks/" + driver + ".d/policyctl"), text, true));
    }
    return new Hook("libvirt", libvirt, files);
  }

  /** A script in LXC's own folder, and what makes every container's configuration name it. */
  public static Hook lxc(Path root, String program) {
    Path lxc = root.resolve(FOLDER_OF_LXC);
    HookFile script =
        new HookFile(
            lxc.resolve("hooks/policyctl"),
            new HookScript("lxc", 0, List.of()).text(program),
            true);
    HookFile line =
        new HookFile(
            lxc.resolve("config/common.conf.d/50-policyctl.conf"),
            HookFile.mark("lxc")
                + "\nlxc.hook.pre-start = /"
                + FOLDER_OF_LXC
                + "/hooks/policyctl\n",
            false);
    return new Hook("lxc", lxc.resolve("config/common.conf.d"), List.of(script, line));
  }

  /**
   * A hookscript.
   *
   * @param snippets the directory of a storage that holds such
   */
  public static Hook proxmox(Path snippets, String program, String phase) {
    HookScript script = new HookScript("proxmox", 2, List.of(phase));
    return new Hook(
        "proxmox",
        snippets.getParent(),
        List.of(new HookFile(snippets.resolve("policyctl"), script.text(program), true)));
  }

  public boolean hasHost() {
    return Files.isDirectory(needed);
  }

  /** Nothing is made where one of the files is somebody else's. */
  public List<Done> install() throws IOException {
    List<Done> done = new ArrayList<>();
    for (HookFile file : files) {
      if (file.state() == HookFile.State.FOREIGN) {
        return List.of(new Done(file.path(), Outcome.FOREIGN));
      }
    }
    for (HookFile file : files) {
      HookFile.State state = file.state();
      if (state != HookFile.State.INSTALLED) {
        file.write();
      }
      done.add(new Done(file.path(), made(state)));
    }
    return done;
  }

  private static Outcome made(HookFile.State before) {
    return switch (before) {
      case ABSENT -> Outcome.MADE;
      case INSTALLED -> Outcome.UNCHANGED;
      case OUTDATED -> Outcome.RENEWED;
      case FOREIGN -> Outcome.FOREIGN;
    };
  }

  /** Takes away what is ours. */
  public List<Done> remove() throws IOException {
    List<Done> done = new ArrayList<>();
    List<HookFile> backwards = new ArrayList<>(files);
    Collections.reverse(backwards);
    for (HookFile file : backwards) {
      HookFile.State state = file.state();
      if (state == HookFile.State.INSTALLED || state == HookFile.State.OUTDATED) {
        file.delete();
      }
      done.add(
          new Done(
              file.path(),
              switch (state) {
                case ABSENT -> Outcome.ABSENT;
                case FOREIGN -> Outcome.FOREIGN;
                case INSTALLED, OUTDATED -> Outcome.REMOVED;
              }));
    }
    return done;
  }
}
