package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder that values go to which the arena has no room for, a file each; all processes of a
 * session have it. A file is whole before another process is told of it. Thread-safe.
 */
public final class SpillFolder {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path folder;
  private final String process;
  private final AtomicLong latest = new AtomicLong();

  /** Of that process. */
  public SpillFolder(Path folder, String process) {
    this.folder = folder;
    this.process = process;
  }

  /** Where the files are. */
  Path path() {
    return folder;
  }

  /** A number that this process has not used. */
  long next() {
    return latest.incrementAndGet();
  }

  /** The file of that number of a process's. */
  Path file(String home, long number) {
    return folder.resolve(home + "-" + number);
  }

  /**
   * Writes the bytes to a new file.
   *
   * @param lead how many others come first, so that they are aligned as they were
   * @throws IOException if there is no room on the disk; nothing is left then
   */
  Path write(long number, int lead, MemorySegment bytes) throws IOException {
    return create(
        number,
        out -> {
          out.write(new byte[lead]);
          byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, bytes.byteSize())];
          MemorySegment heap = MemorySegment.ofArray(chunk);
          for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
            int length = (int) Math.min(chunk.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, at, heap, 0, length);
            out.write(chunk, 0, length);
          }
        });
  }

  /** A new file of so many bytes that are really there, so that writing to its memory is safe. */
  Path reserve(long number, long size) throws IOException {
    return create(
        number,
        out -> {
          byte[] zeros = new byte[(int) Math.min(CHUNK_BYTES, size)];
          for (long left = size; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(zeros.length, left));
          }
        });
  }

  private interface Writer {
    void write(RandomAccessFile out) throws IOException;
  }

  /** No channel: an interrupt would close it. */
  private Path create(long number, Writer writer) throws IOException {
    Path path = file(process, number);
    boolean written = false;
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      writer.write(out);
      written = true;
    } finally {
      if (!written) {
        delete(path);
      }
    }
    return path;
  }

  /** The last so many bytes of the file as memory, for as long as that is reachable. */
  static MemorySegment map(Path path, long size, boolean writable) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), writable ? "rw" : "r")) {
          long length = file.length();
          FileChannel.MapMode mode =
              writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY;
          return file.getChannel()
              .map(mode, 0, length, Arena.ofAuto())
              .asSlice(length - size, size);
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // It goes with the session's folder.
    }
  }

  /** Deletes all that a process wrote, which has died and is not read any more. */
  public void deleteOf(String home) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, home + "-*")) {
      all.forEach(SpillFolder::delete);
    } catch (IOException _) {
      // There is none.
    }
  }
}
