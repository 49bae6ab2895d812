package org.rayshell.runtime.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The user's folder of sessions, mode 0700: in {@code $XDG_RUNTIME_DIR} or else the temp folder,
 * wherever a socket's path stays short enough. Thread-safe.
 *
 * @param path the folder; it exists
 */
record SessionRoot(Path path) {
  /** The longest path of a Unix socket: 108 bytes on Linux, 104 on macOS, one of them a zero. */
  static final int SOCKET_PATH_MAX = 103;

  static final String LOCK = "lock";

  /** The folder of values on the disk, or a link to it. */
  static final String SPILLED = "spilled";

  private static final int DELETE_ATTEMPTS = 20;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);

  /**
   * Sessions of this process. Their lock files must never be opened here a second time: closing any
   * channel of a file gives up all locks that the process has on it.
   */
  private static final Set<Path> OWN = new LinkedHashSet<>();

  /** The first folder that can be used, with room for names of so many bytes. */
  static SessionRoot find(int nameBytes) throws IOException {
    List<Path> parents = new ArrayList<>();
    String xdg = System.getenv("XDG_RUNTIME_DIR");
    if (xdg != null && !xdg.isBlank()) {
      parents.add(Path.of(xdg));
    }
    parents.add(Path.of(System.getProperty("java.io.tmpdir")));
    parents.add(Path.of("/tmp"));
    return find(parents, nameBytes);
  }

  static SessionRoot find(List<Path> parents, int nameBytes) throws IOException {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    List<String> refused = new ArrayList<>();
    for (Path parent : new LinkedHashSet<>(parents)) {
      Path folder = parent.toAbsolutePath().resolve("rayshell-" + user);
      int longest = folder.toString().getBytes().length + 1 + nameBytes;
      if (longest > SOCKET_PATH_MAX) {
        refused.add(
            folder + ": too long for sockets: bytes=" + longest + ", most=" + SOCKET_PATH_MAX);
        continue;
      }
      try {
        if (Files.isDirectory(parent)) {
          claim(folder);
          return new SessionRoot(folder);
        }
        refused.add(parent + ": no such folder");
      } catch (IOException e) {
        refused.add(folder + ": " + e);
      }
    }
    throw new IOException(
        "no folder for the session's sockets; set XDG_RUNTIME_DIR to a short path that only you can"
            + " write to: tried="
            + refused);
  }

  private static void claim(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PRIVATE_FOLDER);
    } catch (java.nio.file.FileAlreadyExistsException _) {
      // An earlier session made it, or someone else did: checked below.
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a folder");
    }
    // Fails for a folder of someone else's: only the owner may change the mode.
    if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("not writable");
    }
  }

  /** Runs the step while no other driver of this user makes or sweeps sessions here. */
  <T> T exclusively(Callable<T> step) throws IOException {
    synchronized (OWN) {
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        return step.call();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Notes that this process holds the lock of a session, or does so no more. */
  static void ownedHere(Path session, boolean owned) {
    synchronized (OWN) {
      if (owned) {
        OWN.add(session);
      } else {
        OWN.remove(session);
      }
    }
  }

  /** Deletes every session whose driver is dead; call it {@link #exclusively}. */
  void removeStale() throws IOException {
    List<Path> sessions;
    try (var entries = Files.list(path)) {
      sessions =
          entries
              .filter(Files::isDirectory)
              .filter(p -> p.getFileName().toString().startsWith("session_"))
              .filter(p -> !OWN.contains(p))
              .toList();
    }
    for (Path session : sessions) {
      try {
        if (isStale(session)) {
          SessionDirectory.killWorkers(session);
          delete(session);
        }
      } catch (IOException _) {
        // What an earlier driver left and nobody can delete must not keep this one from starting.
      }
    }
  }

  private static boolean isStale(Path session) throws IOException {
    try (FileChannel channel = FileChannel.open(session.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (NoSuchFileException _) {
      // Made half, or deleted half: a driver makes a session and its lock in one exclusive step.
      return true;
    }
  }

  /** Deletes a session. A worker that still dies may add files meanwhile, so it tries again. */
  static void delete(Path session) throws IOException {
    deleteSpilled(session);
    deleteAll(session);
  }

  private static void deleteSpilled(Path session) throws IOException {
    Path link = session.resolve(SPILLED);
    if (Files.isSymbolicLink(link)) {
      Path target = Files.readSymbolicLink(link);
      // Whatever the link may lead to: nothing but a folder of this session's is deleted.
      if (session.getFileName().equals(target.getFileName())) {
        deleteAll(target);
      }
    }
  }

  private static void deleteAll(Path session) throws IOException {
    for (int attempt = 1; Files.exists(session, LinkOption.NOFOLLOW_LINKS); attempt++) {
      try {
        Files.walkFileTree(session, new Deleter());
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (attempt == DELETE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
