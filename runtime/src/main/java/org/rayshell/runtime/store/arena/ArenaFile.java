package org.rayshell.runtime.store.arena;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file of shared memory that all processes of a session map whole; little endian:
 *
 * <pre>
 *  0       8         12          16     24         64                  4 MiB
 *  +-------+---------+-----------+------+----------+-------------------+------- ... -------+
 *  | magic | version | step      | size | (unused) | a byte a step:    | regions of whole  |
 *  |       |         | in bytes  |      |          | 1 if it has pages | steps             |
 *  +-------+---------+-----------+------+----------+-------------------+------- ... -------+
 * </pre>
 *
 * <p>The version is written last. On Linux the file has no name: it is gone with the last process
 * that has it, however that ends. Thread-safe.
 */
public final class ArenaFile implements AutoCloseable {
  /** Memory is given pages, and regions are cut, in steps of this. */
  public static final long STEP_BYTES = 4L << 20;

  private static final String NAME = "arena";
  private static final String NAMED = "rayshell-";
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long MAGIC = 0x616e_6572_4179_6152L;
  private static final int VERSION = 1;
  private static final int VERSION_AT = 8;
  private static final int STEP_AT = 12;
  private static final int SIZE_AT = 16;
  private static final int STEPS_AT = 64;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final RandomAccessFile file;

  /** The descriptor that others open the file by; null if it has a name, or another has that. */
  private final FileChannel holder;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;

  /** The first step of it: a buffer is there at once, where the handles of layouts are not. */
  private final ByteBuffer header;

  private final ArenaPages pages;

  /** Null until there is a view, and once an interrupt has closed it. */
  private FileChannel views;

  private ArenaFile(Path path, RandomAccessFile file, FileChannel holder, long bytes)
      throws IOException {
    this.path = path;
    this.file = file;
    this.holder = holder;
    try {
      memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      header = memory.asSlice(0, STEP_BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      pages = new ArenaPages(file, memory, header, STEPS_AT, PageRemoval.ofSystem());
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Makes the file of a session: in shared memory, or in the session's folder if there is too
   * little.
   *
   * @param bytes its size, rounded up to whole steps
   * @param log takes a line if it is on a disk
   * @throws IOException if neither can be; the message says why and what helps
   */
  public static ArenaFile create(Path session, long bytes, Consumer<String> log)
      throws IOException {
    return create(session, SHARED_MEMORY, bytes, log);
  }

  static ArenaFile create(Path session, Path sharedMemory, long bytes, Consumer<String> log)
      throws IOException {
    long size = roundedUp(bytes) + STEP_BYTES;
    String refused = "";
    if (Files.isDirectory(sharedMemory) && Files.isDirectory(Path.of("/proc/self/fd"))) {
      try {
        checkRoom(sharedMemory, size);
        return unnamed(session, sharedMemory, size);
      } catch (IOException e) {
        refused = sharedMemory + ": " + e.getMessage();
      }
    }
    try {
      checkRoom(session, size);
      ArenaFile onDisk = named(session, size);
      if (!refused.isEmpty()) {
        log.accept(
            "the object store is in "
                + session
                + ", which may be slower than shared memory; give that more (docker run"
                + " --shm-size=…), or ask for less by objectStoreMemory: bytes="
                + size
                + ", "
                + refused);
      }
      return onDisk;
    } catch (IOException e) {
      throw new IOException(
          "there is no room for a file of that size; ask for less by objectStoreMemory, give shared"
              + " memory more (docker run --shm-size=…), or raise the limit of a file's size (ulimit"
              + " -f): bytes="
              + size
              + ", "
              + (refused.isEmpty() ? "" : refused + ", ")
              + session
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static ArenaFile named(Path session, long size) throws IOException {
    Path named = Files.createFile(session.resolve(NAME), PRIVATE);
    try {
      return initialize(named, null, size);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(named);
      throw e;
    }
  }

  private static void checkRoom(Path folder, long size) throws IOException {
    long free = folder.toFile().getUsableSpace();
    if (free < size) {
      throw new IOException("free=" + free);
    }
  }

  /** Others open the file by the descriptor that this process has of it. */
  private static ArenaFile unnamed(Path session, Path folder, long size) throws IOException {
    removeLeft(folder);
    Path path = folder.resolve(NAMED + session.getFileName());
    Path link = session.resolve(NAME);
    // The name is deleted as soon as the file is open.
    FileChannel holder =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            PRIVATE);
    try {
      Files.createSymbolicLink(link, descriptor(path));
      return initialize(link, holder, size);
    } catch (IOException | RuntimeException e) {
      holder.close();
      Files.deleteIfExists(link);
      throw e;
    }
  }

  /**
   * A name stays behind only if its process was killed between two system calls. One that still
   * lives is about to delete its name itself.
   */
  private static void removeLeft(Path folder) throws IOException {
    for (String each : names(folder)) {
      if (each.startsWith(NAMED + "session_")) {
        try {
          Files.deleteIfExists(folder.resolve(each));
        } catch (IOException _) {
          // Another user's.
        }
      }
    }
  }

  private static Path descriptor(Path path) throws IOException {
    Path folder = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd");
    for (String each : names(folder)) {
      if (isOf(path, folder.resolve(each))) {
        return folder.resolve(each);
      }
    }
    throw new IOException("the object store's descriptor is not found: folder=" + folder);
  }

  /** Not by the streams of java.nio: they take long the first time, and a session begins here. */
  private static String[] names(Path folder) throws IOException {
    String[] names = folder.toFile().list();
    if (names == null) {
      throw new IOException("a folder cannot be read: " + folder);
    }
    return names;
  }

  private static boolean isOf(Path path, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(path + " (deleted)");
    } catch (IOException _) {
      // It has been closed meanwhile.
      return false;
    }
  }

  private static ArenaFile initialize(Path path, FileChannel holder, long size) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.setLength(size);
      file.write(new byte[Math.toIntExact(STEPS_AT + size / STEP_BYTES)]);
      ArenaFile made = new ArenaFile(path, file, holder, size);
      made.header.putLong(0, MAGIC);
      made.header.putInt(STEP_AT, (int) STEP_BYTES);
      made.header.putLong(SIZE_AT, size);
      VarHandle.releaseFence();
      made.header.putInt(VERSION_AT, VERSION);
      return made;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens the file of a session.
   *
   * @return null if the session has none
   * @throws IOException if it cannot be opened, or is of another version
   */
  public static ArenaFile open(Path session) throws IOException {
    Path path = session.resolve(NAME);
    if (!Files.exists(path)) {
      return null;
    }
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    ArenaFile opened = null;
    try {
      opened = new ArenaFile(path, file, null, file.length());
      opened.check();
      return opened;
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.arena.close();
      }
      file.close();
      throw e;
    }
  }

  private void check() throws IOException {
    int version = header.getInt(VERSION_AT);
    VarHandle.acquireFence();
    long magic = header.getLong(0);
    int step = header.getInt(STEP_AT);
    long size = header.getLong(SIZE_AT);
    if (magic != MAGIC || version != VERSION || step != STEP_BYTES || size != memory.byteSize()) {
      throw new IOException(
          "the object store has another layout: version="
              + version
              + ", expected="
              + VERSION
              + ", step="
              + step
              + ", size="
              + size);
    }
  }

  /** The number of the step that the byte is in. */
  static int step(long offset) {
    return Math.toIntExact(offset / STEP_BYTES);
  }

  static long roundedUp(long bytes) {
    return (bytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
  }

  /** Where regions may begin. */
  long begin() {
    return STEP_BYTES;
  }

  /** Where they end. */
  long end() {
    return memory.byteSize();
  }

  /** Bytes of the arena; what has no {@link #pages} may not be touched. */
  MemorySegment slice(long offset, long length) {
    return memory.asSlice(offset, length);
  }

  /** Which of its steps have pages. */
  ArenaPages pages() {
    return pages;
  }

  /**
   * Bytes of the arena for reading, mapped once more, so that the segment's scope ends with it and
   * not with the session.
   */
  MemorySegment view(long offset, long length) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return views().map(FileChannel.MapMode.READ_ONLY, offset, length, Arena.ofAuto());
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        } catch (ClosedChannelException _) {
          // By the interrupt of another thread.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a view of a value cannot be mapped: bytes=" + length, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized FileChannel views() throws IOException {
    if (views == null || !views.isOpen()) {
      views = FileChannel.open(path, StandardOpenOption.READ);
    }
    return views;
  }

  /** Ends the use of all its memory in this process; who reads it gets an exception. */
  @Override
  public void close() throws IOException {
    pages.close();
    arena.close();
    try (file) {
      if (holder != null) {
        holder.close();
      }
      synchronized (this) {
        if (views != null) {
          views.close();
        }
      }
    }
  }
}
