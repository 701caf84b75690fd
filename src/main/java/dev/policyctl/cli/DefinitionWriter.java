package dev.policyctl.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * Puts a new text in the place of a file's, whole or not at all: into a copy beside it, flushed to
 * disk, then renamed. The copy is made with the file's owner, mode, ACL and extended attributes.
 * That these could be set is not asked for (on /etc/pve nothing can be, and all files are alike),
 * but a copy that came out with another owner or mode does not take the file's place.
 */
final class DefinitionWriter {
  private static final String AS_IT_WAS = "the file is as it was";

  private final TemporaryFiles temporaryFiles = new TemporaryFiles();

  /** A step that the file system may refuse. */
  private interface Step {
    void run() throws IOException;
  }

  /**
   * @param expected what was read of the file; one that holds anything else is left alone
   */
  void write(InputFile file, byte[] expected, byte[] text) throws WriteFailure {
    Path path = file.path();
    LinkPolicy.check(file);
    checkLinks(path);
    checkPlace(path);
    temporaryFiles.clearAway(path.getParent());
    Path copy = temporaryFiles.nameBeside(path);
    try {
      step(
          "cannot make a temporary file beside it",
          () ->
              Files.copy(
                  path, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
      checkAlike(path, copy);
      replace(path, copy, expected, text);
    } catch (WriteFailure e) {
      throw removed(copy, e);
    }
    flushDirectory(path);
  }

  /** The lock tells other runs that the copy is in use. */
  private static void replace(Path path, Path copy, byte[] expected, byte[] text)
      throws WriteFailure {
    try (FileChannel channel = open(copy)) {
      step("cannot write the temporary file beside it", () -> fill(channel, text));
      step("cannot flush the temporary file to disk", () -> channel.force(true));
      checkUnchanged(path, expected);
      step(
          "cannot rename the temporary file to it",
          () -> Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE));
    } catch (IOException e) {
      throw refused("cannot close the temporary file beside it", e);
    }
  }

  private static FileChannel open(Path copy) throws WriteFailure {
    try {
      FileChannel channel =
          FileChannel.open(copy, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      TemporaryFiles.markInUse(channel);
      return channel;
    } catch (IOException e) {
      throw refused("cannot write the temporary file beside it", e);
    }
  }

  private static void fill(FileChannel channel, byte[] text) throws IOException {
    channel.truncate(0);
    ByteBuffer rest = ByteBuffer.wrap(text);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static void flushDirectory(Path path) throws WriteFailure {
    try (FileChannel directory = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      throw WriteFailure.ofReplaced(
          "its directory cannot be flushed to disk: " + DefinitionReader.reason(e),
          "run `sync`: a power failure could bring the old text back");
    }
  }

  private static void checkUnchanged(Path path, byte[] expected) throws WriteFailure {
    checkPlace(path);
    try {
      if (!Arrays.equals(Files.readAllBytes(path), expected)) {
        throw changed();
      }
    } catch (IOException e) {
      throw refused("cannot read it again", e);
    }
  }

  /** Neither the file nor a directory above it may have become a link. */
  private static void checkPlace(Path path) throws WriteFailure {
    try {
      boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
      if (!regular || !path.toRealPath().equals(path)) {
        throw changed();
      }
    } catch (IOException e) {
      throw refused("cannot read it again", e);
    }
  }

  private static WriteFailure changed() {
    return WriteFailure.ofUnchanged("it changed since it was read", "run the command again");
  }

  private static void checkLinks(Path path) throws WriteFailure {
    Object links = attributes(path, "nlink").getOrDefault("nlink", 1);
    if (links instanceof Integer count && count > 1) {
      throw WriteFailure.ofUnchanged(
          "it has " + count + " hard links, and a new file would leave the others as they are",
          "edit it by hand, or part it from the others with `cp` and `mv` first");
    }
  }

  private static void checkAlike(Path path, Path copy) throws WriteFailure {
    if (!attributes(path, "uid,gid,mode").equals(attributes(copy, "uid,gid,mode"))) {
      throw WriteFailure.ofUnchanged(
          "its owner, group and mode cannot be kept", "run the command as the file's owner");
    }
  }

  /** Empty where the file system has no such attributes. */
  private static Map<String, Object> attributes(Path path, String names) throws WriteFailure {
    try {
      return Files.readAttributes(path, "unix:" + names, LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Map.of();
    } catch (IOException e) {
      throw refused("cannot read its attributes", e);
    }
  }

  private static void step(String refusal, Step step) throws WriteFailure {
    try {
      step.run();
    } catch (IOException e) {
      throw refused(refusal, e);
    }
  }

  private static WriteFailure refused(String step, IOException e) {
    return WriteFailure.ofUnchanged(step + ": " + DefinitionReader.reason(e), AS_IT_WAS);
  }

  private static WriteFailure removed(Path copy, WriteFailure reason) {
    try {
      Files.deleteIfExists(copy);
      return reason;
    } catch (IOException e) {
      return WriteFailure.ofUnchanged(
          reason.getMessage() + "; `" + copy.getFileName() + "` stays beside it", AS_IT_WAS);
    }
  }
}
