package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.runtime.Runtimes;
import org.rayshell.testing.NothingLeft;

/** What tasks print is in their worker's log, too, and the log keeps within bounds. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class WorkerLogTest {
  private static final int LINES = 100_000;
  private static final long MOST_BYTES = 5 << 20;

  @BeforeEach
  void start() {
    Ray.init(RayOptions.create().numCpus(1).includeDashboard(false));
  }

  @AfterEach
  void stop() {
    Ray.shutdown();
  }

  private static int prints(int lines) {
    for (int i = 0; i < lines; i++) {
      System.out.println("line " + i + " " + "x".repeat(90));
      System.err.println("error " + i + " " + "x".repeat(90));
    }
    return lines;
  }

  private static int printsInterrupted(int lines) {
    Thread.currentThread().interrupt();
    return prints(lines);
  }

  private static int halts() {
    Runtime.getRuntime().halt(4);
    return 0;
  }

  /** Runs it on the one worker; should that die, its end is told, and not hidden by a retry. */
  private static void run(Call1<Integer, Integer> function, int lines) {
    Ray.task(function, lines).options(o -> o.maxRetries(0)).remote().get();
  }

  private static Path log(String name) {
    return Runtimes.view().orElseThrow().sessionDir().resolve("logs").resolve(name);
  }

  private static List<String> numbered(String log, String word) {
    List<String> found = new ArrayList<>();
    for (String each : List.of(log + ".1", log)) {
      if (Files.exists(log(each))) {
        read(log(each)).lines().filter(line -> line.startsWith(word)).forEach(found::add);
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bothStreamsAreThere() {
    run(WorkerLogTest::prints, 100);
    assertEquals(100, numbered("w1.out", "line ").size());
    assertEquals(100, numbered("w1.err", "error ").size());
    assertTrue(numbered("w1.err", "error ").getLast().startsWith("error 99 "));
  }

  @Test
  void whatIsTooOldGoes() throws IOException {
    Path folder = Runtimes.view().orElseThrow().sessionDir();
    run(WorkerLogTest::prints, LINES);
    for (String log : List.of("w1.out", "w1.err")) {
      assertTrue(Files.size(log(log)) < MOST_BYTES, log);
      assertTrue(Files.size(log(log + ".1")) < MOST_BYTES, log);
      String word = log.endsWith("out") ? "line " : "error ";
      List<String> kept = numbered(log, word);
      assertTrue(kept.getLast().startsWith(word + (LINES - 1) + " "), kept.getLast());
      // The latest are there without a gap.
      int first = Integer.parseInt(kept.getFirst().split(" ")[1]);
      assertEquals(LINES - first, kept.size());
      assertTrue(first > 0 && kept.size() > LINES / 3, "first=" + first);
    }
    Ray.shutdown();
    assertFalse(Files.exists(folder));
  }

  @Test
  void whatAnInterruptedTaskPrintsIsThereAndWhatComesAfterIt() {
    run(WorkerLogTest::printsInterrupted, 10);
    run(WorkerLogTest::prints, 20);
    assertEquals(30, numbered("w1.out", "line ").size());
    assertEquals(30, numbered("w1.err", "error ").size());
  }

  @Test
  void whatTasksPrintIsNotTakenForTheWorkersLastWords() {
    Ray.task(
            () -> {
              System.out.println("all is well");
              return 0;
            })
        .remote()
        .get();
    ObjectRef<Integer> ref = Ray.task(WorkerLogTest::halts).options(o -> o.maxRetries(0)).remote();
    String message = assertThrows(WorkerCrashedException.class, ref::get).getMessage();
    assertTrue(message.contains("exit code 4"), message);
    assertFalse(message.contains("all is well"), message);
  }
}
