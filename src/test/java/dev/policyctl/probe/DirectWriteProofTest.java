package dev.policyctl.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.policyctl.model.HostFacts;
import dev.policyctl.model.HostFacts.Filesystem;
import dev.policyctl.probe.ProofResult.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectWriteProofTest {

  /** How a file system without disk treats memory that may change, as the real ones do. */
  enum Kind {
    /** Reads it twice, for the checksum and for the data: btrfs before Linux 6.15. */
    IN_PLACE(false, true),
    /** Reads it twice and refuses the write when the two differ: OpenZFS 2.3. */
    VERIFIED(true, true),
    /** Copies it first. */
    BOUNCED(false, false);

    private final boolean refuses;
    private final boolean readsTwice;

    Kind(boolean refuses, boolean readsTwice) {
      this.refuses = refuses;
      this.readsTwice = readsTwice;
    }
  }

  private static final class Checksumming implements BlockFile {
    private static final int BLOCK = 4096;

    private final Kind kind;
    private final boolean[] broken = new boolean[(int) (WriteRace.BYTES / BLOCK)];

    Checksumming(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void write(ByteBuffer memory, long at) throws IOException {
      for (int offset = 0; offset < memory.limit(); offset += BLOCK) {
        long first = sum(memory, offset);
        if (kind.readsTwice && offset == 0) {
          awaitChange(memory, first);
        }
        boolean differs = kind.readsTwice && first != sum(memory, offset);
        if (differs && kind.refuses) {
          throw new IOException("Input/output error");
        }
        broken[(int) ((at + offset) / BLOCK)] = differs;
      }
    }

    /**
     * A disk is slow enough for others to run meanwhile; memory that rests is not waited for long.
     */
    private static void awaitChange(ByteBuffer memory, long seen) {
      for (int i = 0; i < 100_000 && sum(memory, 0) == seen; i++) {
        Thread.onSpinWait();
      }
    }

    private static long sum(ByteBuffer memory, int offset) {
      long sum = 0;
      for (int i = offset; i < offset + BLOCK; i += Long.BYTES) {
        sum = 31 * sum + memory.getLong(i);
      }
      return sum;
    }

    @Override
    public void read(ByteBuffer memory, long at) throws IOException {
      for (int offset = 0; offset < memory.limit(); offset += BLOCK) {
        if (broken[(int) ((at + offset) / BLOCK)]) {
          throw new IOException("Input/output error");
        }
      }
    }

    @Override
    public void flush() {}
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theRaceShowsHowWritesAreTreated(Kind kind) throws Exception {
    WriteRace.Outcome seen = new WriteRace(new Checksumming(kind)).run();
    assertEquals(kind == Kind.VERIFIED, seen.failedWrites() > 0, seen.toString());
    assertEquals(kind == Kind.IN_PLACE, seen.unreadableBlocks() > 0, seen.toString());
    assertTrue(seen.unreadableBlocks() <= WriteRace.BLOCKS);
  }

  @Test
  void aDiskThatFailsAnywayProvesNothing() {
    BlockFile broken =
        new BlockFile() {
          @Override
          public void write(ByteBuffer memory, long at) throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public void read(ByteBuffer memory, long at) {}

          @Override
          public void flush() {}
        };
    assertThrows(IOException.class, () -> new WriteRace(broken).run());
  }

  @Test
  void leavesNoFile(@TempDir Path directory) throws IOException {
    ProofResult result = new DirectWriteProof("6.1.0").prove(directory);
    assertTrue(result.outcome() != Outcome.NOT_TRIED, result.message());
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aDirectoryThatIsNotThereTeachesNothing(@TempDir Path directory) {
    ProofResult result = new DirectWriteProof("6.1.0").prove(directory.resolve("absent"));
    assertEquals(Outcome.NOT_TRIED, result.outcome());
    assertTrue(result.message().contains("absent"), result.message());
  }

  @ParameterizedTest
  @CsvSource({
    "UNREADABLE, inPlace, true",
    "FAILED_WRITES, verified, true",
    "REFUSED, refused, false",
    "NOTHING_SEEN, , false",
    "NOT_TRIED, , false"
  })
  void onlyAFaultOrARefusalIsAFact(Outcome outcome, String value, boolean fault) {
    ProofResult result = new ProofResult(outcome, "seen");
    assertEquals(
        Optional.ofNullable(value), result.directWrites().map(HostFacts.DirectWrites::value));
    assertEquals(fault, result.isFault());
  }

  @Test
  void theFactStandsAtTheNearestMount() {
    HostFacts facts =
        new HostFacts(
            "h",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(filesystem("/"), filesystem("/mnt/tank"), filesystem("/mnt/tank2")),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    ProofResult result = new ProofResult(Outcome.UNREADABLE, "3 of 4 blocks");
    List<Filesystem> added = result.addTo(facts, "/mnt/tank/images").filesystems();
    assertEquals(
        List.of(
            Optional.empty(),
            Optional.of(new HostFacts.DirectWrites("inPlace", "3 of 4 blocks")),
            Optional.empty()),
        added.stream().map(Filesystem::directWrites).toList());
  }

  private static Filesystem filesystem(String mountPoint) {
    return new Filesystem(
        mountPoint,
        Optional.empty(),
        "btrfs",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
