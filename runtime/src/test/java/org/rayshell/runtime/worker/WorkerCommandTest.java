package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.RuntimeEnv;

class WorkerCommandTest {
  private static final Path JAVA = Path.of("/jdk/bin/java");

  private static List<String> line(WorkerCommand command, int number) throws IOException {
    try (SessionDirectory session = SessionDirectory.create()) {
      return command.line(session, number, RuntimeEnv.create()).stream()
          .map(part -> part.replace(session.path().toString(), "SESSION"))
          .toList();
    }
  }

  @Test
  void runsTheWorkersMainClassOnTheDriversJvmAndClassPath() throws IOException {
    List<String> line = line(WorkerCommand.of(2, -1), 7);
    assertEquals(System.getProperty("java.home") + "/bin/java", line.getFirst());
    int cp = line.indexOf("-cp");
    for (String entry : line.get(cp + 1).split(File.pathSeparator)) {
      assertTrue(Path.of(entry).isAbsolute(), entry);
    }
    assertEquals(
        List.of("org.rayshell.runtime.worker.WorkerMain", "SESSION", "7"),
        line.subList(cp + 2, line.size()));
  }

  @Test
  void theSecretIsNotOnTheCommandLine() throws IOException {
    try (SessionDirectory session = SessionDirectory.create()) {
      String line = String.join(" ", WorkerCommand.of(2, -1).line(session, 1, RuntimeEnv.create()));
      assertFalse(line.contains(HexFormat.of().formatHex(session.secret())));
      assertFalse(line.contains("secret"));
    }
  }

  @Test
  void classPathsBecomeAbsolute() {
    String here = System.getProperty("user.dir");
    assertEquals(
        here + "/a.jar:/x/b.jar:" + here + "/lib/*",
        WorkerCommand.absolute("a.jar:/x/b.jar:lib/*"));
    assertEquals("/x/b.jar", WorkerCommand.absolute(":/x/y/../b.jar:"));
  }

  @Test
  void theHeapIsBoundedByTheMachineYetHoldsBigValues() {
    long gb = 1L << 30;
    assertEquals(gb, WorkerCommand.heapBytes(4 * gb, 8));
    assertEquals(3 * gb / 2, WorkerCommand.heapBytes(24 * gb, 4));
    assertEquals(2 * gb, WorkerCommand.heapBytes(512 * gb, 1));
  }

  @Test
  void theHeapIsWhatTheUserAsksFor() throws IOException {
    assertTrue(line(WorkerCommand.of(2, 5L << 30), 1).contains("-Xmx5120m"));
  }

  @Test
  void anAotCacheIsUsedAndTheFirstWorkerAloneTrainsOne() throws IOException {
    WorkerCommand cached =
        new WorkerCommand(JAVA, "/a.jar", 1L << 30, false, Path.of("/w.aot"), null);
    assertTrue(line(cached, 1).contains("-XX:AOTCache=/w.aot"));
    assertFalse(line(cached, 1).contains("--enable-preview"));
    WorkerCommand trains =
        new WorkerCommand(JAVA, "/a.jar", 1L << 30, true, Path.of("/w.aot"), Path.of("/new.aot"));
    assertTrue(line(trains, 1).contains("-XX:AOTCacheOutput=/new.aot"));
    assertFalse(line(trains, 1).contains("-XX:AOTCache=/w.aot"));
    assertTrue(line(trains, 2).contains("-XX:AOTCache=/w.aot"));
    assertTrue(line(trains, 2).contains("--enable-preview"));
    assertFalse(line(trains, 2).contains("-XX:AOTCacheOutput=/new.aot"));
  }

  @Test
  void aCacheThatIsNotThereIsLeftOut() throws IOException {
    System.setProperty(WorkerCommand.AOT_CACHE, "/no/such/cache");
    try {
      assertEquals(null, WorkerCommand.of(1, -1).aotCache());
    } finally {
      System.clearProperty(WorkerCommand.AOT_CACHE);
    }
  }
}
