package org.rayshell.runtime.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The folder of a session, mode 0700: the sockets of its processes, the secret they show one
 * another, the logs and process ids of its workers. The driver holds a file lock in it for as long
 * as it lives, so that the next driver can tell a session that a crash left behind and remove it.
 * Thread-safe.
 */
public final class SessionDirectory implements AutoCloseable {
  /** Room for the longest socket name behind the folder's path. */
  private static final int NAME_ROOM = "/w1000000.sock".length();

  private static final String SECRET = "secret";
  private static final String PIDS = "pids";
  private static final int SECRET_BYTES = 32;
  private static final long CLOCK_MS = 2_000;

  private final Path path;
  private final byte[] secret;

  /** Null in a worker, which opens what its driver made. */
  private final FileChannel lock;

  private SessionDirectory(Path path, byte[] secret, FileChannel lock) {
    this.path = path;
    this.secret = secret;
    this.lock = lock;
  }

  /**
   * A new session of this process; removes those of drivers that have died.
   *
   * @throws IOException if no folder can be used; the message names those tried and why not
   */
  public static SessionDirectory create() throws IOException {
    return create((Path) null);
  }

  /**
   * The same, with large values that have no room elsewhere in another folder.
   *
   * @param spilling that folder; null for the session's own
   */
  public static SessionDirectory create(Path spilling) throws IOException {
    return create(SessionRoot.find(SessionName.now().length() + NAME_ROOM), spilling);
  }

  static SessionDirectory create(SessionRoot root) throws IOException {
    return create(root, null);
  }

  private static SessionDirectory create(SessionRoot root, Path spilling) throws IOException {
    return root.exclusively(() -> {
      root.removeStale();
      Path path = root.path().resolve(SessionName.now());
      Files.createDirectory(path, SessionRoot.PRIVATE_FOLDER);
      Files.createDirectory(path.resolve("logs"), SessionRoot.PRIVATE_FOLDER);
      Files.createDirectory(path.resolve(PIDS), SessionRoot.PRIVATE_FOLDER);
      Path spilled = path.resolve(SessionRoot.SPILLED);
      if (spilling == null) {
        Files.createDirectory(spilled, SessionRoot.PRIVATE_FOLDER);
      } else {
        // The link comes first: who removes the session finds by it what else there is.
        Path target = spilling.resolve(path.getFileName());
        Files.createSymbolicLink(spilled, target);
        Files.createDirectory(target, SessionRoot.PRIVATE_FOLDER);
      }
      return new SessionDirectory(path, newSecret(path), hold(path));
    });
  }

  /** For a worker: the session that its driver made. */
  public static SessionDirectory open(Path path) throws IOException {
    return new SessionDirectory(path, Files.readAllBytes(path.resolve(SECRET)), null);
  }

  private static byte[] newSecret(Path folder) throws IOException {
    byte[] secret = SystemRandom.bytes(SECRET_BYTES);
    Path file =
        Files.createFile(
            folder.resolve(SECRET),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, secret);
    return secret;
  }

  private static FileChannel hold(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(SessionRoot.LOCK),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    FileLock held = channel.tryLock();
    if (held == null) {
      channel.close();
      throw new IOException("the lock of a new session is taken: folder=" + folder);
    }
    SessionRoot.ownedHere(folder, true);
    return channel;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Its name, as {@link SessionName} says. */
  public String name() {
    return path.getFileName().toString();
  }

  /** The socket of the process of that name, {@code driver} or {@code w7}. */
  public Path socket(String process) {
    return path.resolve(process + ".sock");
  }

  /** What the session's processes show one another, 32 random bytes. */
  public byte[] secret() {
    return secret.clone();
  }

  /** The folder of values that the object store has no room for. */
  public Path spilled() {
    return spilled(path);
  }

  /** The same of the session in that folder. */
  public static Path spilled(Path session) {
    return session.resolve(SessionRoot.SPILLED);
  }

  /** The folder of the workers' logs. */
  public Path logs() {
    return path.resolve("logs");
  }

  /**
   * The file that a worker's own stdout goes to: what its JVM says, and nothing that tasks print.
   */
  Path jvmLog(int worker) {
    return logs().resolve("w" + worker + ".jvm");
  }

  /** The file of what a worker's tasks print; its own stderr goes to that of stderr, too. */
  public Path log(int worker, boolean stderr) {
    return logs().resolve("w" + worker + (stderr ? ".err" : ".out"));
  }

  /** Notes that a worker process runs, for {@link #killWorkers}. */
  void workerRuns(long pid) {
    try {
      Files.writeString(note(pid), ProcessHandle.of(pid).map(SessionDirectory::started).orElse(""));
    } catch (IOException _) {
      // The session is being closed, or the disk is full: the worker runs all the same.
    }
  }

  /** A worker process has ended: of what it had here its logs alone are kept. */
  void workerEnded(int worker, long pid) {
    try {
      Files.deleteIfExists(note(pid));
      Files.deleteIfExists(socket("w" + worker));
    } catch (IOException _) {
      // The session is being closed, and all of it goes.
    }
  }

  private Path note(long pid) {
    return path.resolve(PIDS).resolve(Long.toString(pid));
  }

  /**
   * Kills the workers of a session whose driver has died, but for the calling process. Each ends by
   * itself, unless it is stopped: then nothing but this ends it.
   */
  static void killWorkers(Path session) {
    String[] pids = session.resolve(PIDS).toFile().list();
    for (String pid : pids == null ? new String[0] : pids) {
      if (pid.matches("[0-9]{1,18}")) {
        ProcessHandle.of(Long.parseLong(pid))
            .filter(p -> isWorker(p, session))
            .ifPresent(p -> {
              if (!p.equals(ProcessHandle.current())) {
                p.destroyForcibly();
              }
            });
      }
    }
  }

  /**
   * Another process may have got the number since. It began at another time; its arguments say so
   * only where they are short, since the JVM tells no long ones.
   */
  private static boolean isWorker(ProcessHandle process, Path session) {
    String noted = "";
    try {
      noted = Files.readString(session.resolve(PIDS).resolve(Long.toString(process.pid())));
    } catch (IOException _) {
      // There was no room on the disk for more than the name.
    }
    String began = started(process);
    if (!noted.isEmpty() && !began.isEmpty()) {
      // The system's own idea of when it began moves with its clock.
      return Math.abs(Long.parseLong(noted) - Long.parseLong(began)) <= CLOCK_MS;
    }
    return process
        .info()
        .arguments()
        .filter(arguments -> List.of(arguments).contains(session.toString()))
        .isPresent();
  }

  /** When the process began, epoch milliseconds; empty if that is not known. */
  private static String started(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(instant -> Long.toString(instant.toEpochMilli()))
        .orElse("");
  }

  /** Deletes the folder if this process made it; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (lock == null || !lock.isOpen()) {
      return;
    }
    // The lock goes last: a driver that starts meanwhile leaves a locked folder alone.
    try (lock) {
      SessionRoot.delete(path);
    } catch (IOException e) {
      System.getLogger("org.rayshell")
          .log(
              System.Logger.Level.WARNING,
              "the session folder cannot be deleted; the next Ray.init() tries again: folder="
                  + path,
              e);
    } finally {
      SessionRoot.ownedHere(path, false);
    }
  }
}
