package dev.policyctl.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that is written and read in place, and whose content can be made durable. */
interface BlockFile {

  /** Writes all of the memory; its position does not change. */
  void write(ByteBuffer memory, long at) throws IOException;

  /** Fills all of the memory, or reaches the end of the file; its position does not change. */
  void read(ByteBuffer memory, long at) throws IOException;

  void flush() throws IOException;

  static BlockFile of(FileChannel channel) {
    return new BlockFile() {
      @Override
      public void write(ByteBuffer memory, long at) throws IOException {
        if (channel.write(memory.duplicate(), at) < memory.remaining()) {
          throw new IOException("a part was not written");
        }
      }

      @Override
      public void read(ByteBuffer memory, long at) throws IOException {
        int bytes = channel.read(memory.duplicate(), at);
        if (bytes >= 0 && bytes < memory.remaining()) {
          throw new IOException("a part could not be read");
        }
      }

      @Override
      public void flush() throws IOException {
        channel.force(false);
      }
    };
  }
}
