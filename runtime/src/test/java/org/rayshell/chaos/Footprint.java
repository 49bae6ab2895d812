package org.rayshell.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.Runtimes;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.testing.FileBlocks;
import org.rayshell.testing.Meeting;

/**
 * What a session holds at rest, as Linux tells and its JVMs: after a collection of each heap, with
 * nothing pending. Of workers it is that of the one which has most.
 *
 * @param driver the driver's process
 * @param worker the largest of each of the workers' figures
 * @param processes all children of the driver
 * @param sharedBytes memory of the files below /dev/shm that the session's processes have open
 * @param storedBytes the values that the session says it stores
 * @param files files in the session's folder, but for those of the workers' logs
 * @param oldestSeconds since when the oldest worker lives: what workers lose adds up in it
 */
record Footprint(
    Usage driver,
    Usage worker,
    int processes,
    long sharedBytes,
    long storedBytes,
    int files,
    long oldestSeconds) {
  // What JVMs take as they go on, for compiled code and the like; far less than what leaks would.
  private static final long DRIVER_HEAP_SLACK = 6 << 20;
  private static final long WORKER_HEAP_SLACK = 4 << 20;
  private static final long DRIVER_RSS_SLACK = 32 << 20;

  /** Within minutes all of its heap was used once, which is 64 MB here, and stays with it. */
  private static final long WORKER_RSS_SLACK = 48 << 20;

  private static final long SHARED_SLACK = 8 << 20;
  private static final int THREAD_SLACK = 4;
  private static final int FILE_SLACK = 4;

  /** More workers may be up than there are CPUs. */
  private static final UnaryOperator<TaskOptions> UNLIMITED = o -> o.maxRetries(-1).numCpus(0);

  /** What one process holds. */
  record Usage(long heap, long rss, int descriptors, int threads) {
    /** The larger of each. */
    private Usage max(Usage other) {
      return new Usage(
          Math.max(heap, other.heap),
          Math.max(rss, other.rss),
          Math.max(descriptors, other.descriptors),
          Math.max(threads, other.threads));
    }

    /** This process, once its heap is collected. */
    private static Usage here() {
      Runtime runtime = Runtime.getRuntime();
      // Twice: what cleaners let go is garbage only then.
      System.gc();
      System.gc();
      long heap = runtime.totalMemory() - runtime.freeMemory();
      int descriptors = Path.of("/proc/self/fd").toFile().list().length;
      return new Usage(heap, residentBytes(), descriptors, Thread.getAllStackTraces().size());
    }

    private static long residentBytes() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String toString() {
      return "[heap=%,d KB, rss=%,d KB, descriptors=%d, threads=%d]"
          .formatted(heap >> 10, rss >> 10, descriptors, threads);
    }
  }

  /** Asks so many workers, those that have worked first: the largest of each of their figures. */
  static Usage ofWorkers(int workers) throws IOException {
    try (Meeting meeting = new Meeting()) {
      int port = meeting.port();
      List<ObjectRef<Usage>> asked =
          IntStream.range(0, workers)
              .mapToObj(_ -> Ray.task(Footprint::ofWorker, port).options(UNLIMITED).remote())
              .toList();
      // They wait for each other, so that each is in a worker of its own.
      List<Meeting.Guest> guests = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        guests.add(meeting.next());
      }
      for (Meeting.Guest guest : guests) {
        guest.release("");
      }
      return Ray.get(asked, Workload.LIMIT).stream().reduce(Usage::max).orElseThrow();
    }
  }

  /** What the session holds now, where its workers hold that. */
  static Footprint take(Usage worker, long oldestSeconds) throws IOException {
    ClusterView view = Runtimes.view().orElseThrow();
    return new Footprint(
        Usage.here(),
        worker,
        (int) ProcessHandle.current().children().count(),
        shared(),
        view.storedBytes(),
        countFiles(view.sessionDir()),
        oldestSeconds);
  }

  private static Usage ofWorker(int port) {
    Usage usage = Usage.here();
    Meeting.come(port, "");
    return usage;
  }

  private static int countFiles(Path session) throws IOException {
    try (Stream<Path> all = Files.walk(session)) {
      return (int) all.filter(file -> !file.startsWith(session.resolve("logs"))).count();
    }
  }

  /** Of files that have no name any more, too. */
  private static long shared() throws IOException {
    long bytes = 0;
    Set<Object> seen = new HashSet<>();
    for (ProcessHandle process :
        Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
            .toList()) {
      for (Path open : list(Path.of("/proc/" + process.pid() + "/fd"))) {
        if (target(open).startsWith("/dev/shm") && seen.add(Files.getAttribute(open, "unix:ino"))) {
          bytes += FileBlocks.bytes(open);
        }
      }
    }
    return bytes;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Path target(Path open) throws IOException {
    try {
      return Files.readSymbolicLink(open);
    } catch (NoSuchFileException _) {
      // What listed them was one of them.
      return open;
    }
  }

  /** What is more than it was, by more than JVMs take as they go on; empty if nothing is. */
  List<String> above(Footprint before) {
    List<String> more = new ArrayList<>();
    add(more, "driver's heap", driver.heap, before.driver.heap, DRIVER_HEAP_SLACK);
    add(more, "driver's RSS", driver.rss, before.driver.rss, DRIVER_RSS_SLACK);
    add(more, "driver's descriptors", driver.descriptors, before.driver.descriptors, FILE_SLACK);
    add(more, "driver's threads", driver.threads, before.driver.threads, THREAD_SLACK);
    add(more, "a worker's heap", worker.heap, before.worker.heap, WORKER_HEAP_SLACK);
    add(more, "a worker's RSS", worker.rss, before.worker.rss, WORKER_RSS_SLACK);
    add(more, "a worker's descriptors", worker.descriptors, before.worker.descriptors, FILE_SLACK);
    add(more, "a worker's threads", worker.threads, before.worker.threads, THREAD_SLACK);
    add(more, "processes", processes, before.processes, 0);
    add(more, "shared memory", sharedBytes, before.sharedBytes, SHARED_SLACK);
    add(more, "stored bytes", storedBytes, before.storedBytes, 0);
    add(more, "files of the session", files, before.files, FILE_SLACK);
    return more;
  }

  private static void add(List<String> more, String what, long now, long before, long slack) {
    if (now > before + slack) {
      more.add(what + ": now=" + now + ", before=" + before + ", allowed=" + slack);
    }
  }
}
