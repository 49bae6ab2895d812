package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.Meeting;
import org.rayshell.testing.NothingLeft;
import org.rayshell.testing.ShortFolders;

/** However a driver ends, its workers and files do too. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class DriverDeathTest {
  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 60;

  @TempDir(factory = ShortFolders.class)
  Path runtime;

  private Meeting meeting;

  @BeforeEach
  void open() throws IOException {
    meeting = new Meeting();
  }

  @AfterEach
  void close() throws IOException {
    meeting.close();
  }

  /** A plain program that starts tasks and ends as it is told. */
  static final class Driver {
    public static void main(String[] args) throws IOException {
      int port = Integer.parseInt(args[1]);
      Ray.init(RayOptions.create().numCpus(2).dashboardPort(0));
      if (args[0].equals("nested")) {
        Ray.task(DriverDeathTest::above, port).remote();
      } else {
        Ray.task(DriverDeathTest::spins, port).remote();
        Ray.task(DriverDeathTest::spins, port).remote();
      }
      System.out.println("ready");
      switch (System.in.read()) {
        case 's' -> Ray.shutdown();
        case 'x' -> System.exit(3);
        case 'h' -> Runtime.getRuntime().halt(4);
        default -> {
          // Returns, and that is all.
        }
      }
    }
  }

  private static long spins(int port) {
    Meeting.stay(port, "spins");
    long count = 0;
    while (true) {
      count += System.nanoTime() & 1;
      if (count < 0) {
        return count;
      }
    }
  }

  private static long above(int port) {
    ObjectRef<Long> below = Ray.task(DriverDeathTest::spins, port).remote();
    Meeting.stay(port, "above");
    return Ray.get(below);
  }

  private ChildJvm driver(String what) throws IOException {
    ChildJvm driver =
        ChildJvm.start(
            Map.of("XDG_RUNTIME_DIR", runtime.toString()), Driver.class, what, "" + meeting.port());
    assertEquals("ready", driver.readLine());
    return driver;
  }

  /** Lets the two tasks go on. */
  private List<Meeting.Guest> tasksRun() throws IOException {
    List<Meeting.Guest> tasks = List.of(meeting.next(), meeting.next());
    for (Meeting.Guest task : tasks) {
      task.release("");
    }
    return tasks;
  }

  /** Waits until the processes of the tasks are gone, and all others of the session. */
  private static long awaitEnd(List<Meeting.Guest> tasks, List<ProcessHandle> workers)
      throws IOException {
    long from = System.nanoTime();
    for (Meeting.Guest task : tasks) {
      task.awaitEnd();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    Set<Long> gone = tasks.stream().map(Meeting.Guest::pid).collect(Collectors.toSet());
    for (ProcessHandle worker : workers) {
      if (gone.contains(worker.pid())) {
        continue;
      }
      worker.onExit().orTimeout(SAFETY_SECONDS, TimeUnit.SECONDS).join();
    }
    return millis;
  }

  /** Two seconds are promised; told rather than asserted, since a machine may be busy. */
  private static void report(long millis) {
    System.out.println("workers were gone after the driver within ms=" + millis);
  }

  private static List<ProcessHandle> workers(ChildJvm driver) {
    List<ProcessHandle> workers = driver.process().children().toList();
    assertTrue(workers.size() >= 2, workers::toString);
    return workers;
  }

  private List<Path> sessions() throws IOException {
    try (Stream<Path> files = Files.walk(runtime)) {
      return files.filter(file -> file.getFileName().toString().startsWith("session_")).toList();
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertEquals(0, kill.waitFor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat", "nested"})
  void workersOfAKilledDriverEndInTheMiddleOfTheirTasks(String how) throws Exception {
    try (ChildJvm driver = driver(how)) {
      List<Meeting.Guest> tasks = tasksRun();
      List<ProcessHandle> workers = workers(driver);
      driver.kill();
      report(awaitEnd(tasks, workers));
      assertEquals(1, sessions().size());
    }
    // The next driver finds what this one could not remove, and removes it.
    try (ChildJvm next = driver("flat")) {
      assertEquals(1, sessions().size(), () -> "" + runtime);
      tasksRun();
      next.process().getOutputStream().close();
      assertEquals(0, next.exitCode());
    }
    assertEquals(List.of(), sessions());
  }

  @ParameterizedTest
  @CsvSource({"s, 0", "r, 0", "x, 3"})
  void aDriverThatEndsTakesEverythingAlong(String way, int exitCode) throws Exception {
    try (ChildJvm driver = driver("nested")) {
      tasksRun();
      List<ProcessHandle> workers = workers(driver);
      driver.process().getOutputStream().write(way.charAt(0));
      driver.process().getOutputStream().close();
      assertEquals(exitCode, driver.exitCode());
      // They end before the driver does.
      assertFalse(workers.stream().anyMatch(ProcessHandle::isAlive), workers::toString);
      assertEquals("", driver.readAll());
    }
    assertEquals(List.of(), sessions());
  }

  @Test
  void theTermSignalEndsEverything() throws Exception {
    try (ChildJvm driver = driver("nested")) {
      tasksRun();
      List<ProcessHandle> workers = workers(driver);
      signal("TERM", driver.process().toHandle());
      assertEquals(143, driver.exitCode());
      assertFalse(workers.stream().anyMatch(ProcessHandle::isAlive), workers::toString);
    }
    assertEquals(List.of(), sessions());
  }

  @Test
  void workersOfADriverThatHaltsEnd() throws Exception {
    try (ChildJvm driver = driver("flat")) {
      List<Meeting.Guest> tasks = tasksRun();
      List<ProcessHandle> workers = workers(driver);
      driver.process().getOutputStream().write('h');
      driver.process().getOutputStream().close();
      assertEquals(4, driver.exitCode());
      awaitEnd(tasks, workers);
    }
  }

  @Test
  void aWorkerThatIsStoppedIsTakenAlongByAnother() throws Exception {
    try (ChildJvm driver = driver("flat")) {
      List<Meeting.Guest> tasks = tasksRun();
      List<ProcessHandle> workers = workers(driver);
      signal("STOP", workers.getFirst());
      driver.kill();
      report(awaitEnd(tasks, workers));
    }
  }

  @Test
  void workersThatAreAllStoppedAreTakenAlongByTheNextDriver() throws Exception {
    List<Meeting.Guest> tasks;
    List<ProcessHandle> workers;
    try (ChildJvm driver = driver("flat")) {
      tasks = tasksRun();
      workers = workers(driver);
      for (ProcessHandle worker : workers) {
        signal("STOP", worker);
      }
    }
    try (ChildJvm next = driver("flat")) {
      awaitEnd(tasks, workers);
      assertEquals(1, sessions().size());
      next.process().getOutputStream().close();
      assertEquals(0, next.exitCode());
    }
    assertEquals(List.of(), sessions());
  }
}
