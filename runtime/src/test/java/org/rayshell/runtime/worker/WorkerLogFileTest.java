package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a worker's log begins anew, and what becomes of what it had. */
class WorkerLogFileTest {
  @TempDir Path folder;

  private Path file;
  private Path before;
  private FileOutputStream stream;
  private WorkerLog log;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("w1.out");
    before = folder.resolve("w1.out.1");
    stream = new FileOutputStream(file.toFile(), true);
    log = new WorkerLog(stream, file, 10);
  }

  @AfterEach
  void close() throws IOException {
    stream.close();
  }

  private void write(String text) {
    log.write(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
  }

  @Test
  void aFullLogIsKeptAndGoesOnAnew() throws IOException {
    write("1234\n");
    write("5678\n");
    assertEquals("1234\n5678\n", Files.readString(file));
    assertFalse(Files.exists(before));
    write("9\n");
    assertEquals("9\n", Files.readString(file));
    assertEquals("1234\n5678\n", Files.readString(before));
  }

  @Test
  void onlyTheLatestTwoAreThere() throws IOException {
    for (int i = 1; i <= 3; i++) {
      write("line " + i + "ab\n");
    }
    assertEquals("line 3ab\n", Files.readString(file));
    assertEquals("line 2ab\n", Files.readString(before));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void whatOthersWriteToTheFileCounts() throws IOException {
    // As the JVM does.
    stream.write("a warning".getBytes(StandardCharsets.UTF_8));
    write("1234\n");
    assertEquals("1234\n", Files.readString(file));
    assertEquals("a warning", Files.readString(before));
  }

  @Test
  void anInterruptedThreadBeginsItAnewToo() throws IOException {
    write("1234567\n");
    Thread.currentThread().interrupt();
    write("next\n");
    assertTrue(Thread.interrupted());
    write("last\n");
    assertEquals("next\nlast\n", Files.readString(file));
    assertEquals("1234567\n", Files.readString(before));
  }

  @Test
  void aLogThatCannotBeKeptGoesOnAnewAllTheSame() throws IOException {
    Files.createDirectories(before.resolve("in the way"));
    write("1234567\n");
    write("next\n");
    assertEquals("next\n", Files.readString(file));
  }

  @Test
  void aLogThatIsGoneHurtsNobody() throws IOException {
    write("1234567\n");
    Files.delete(file);
    write("1234567\n");
    write("1234567\n");
    assertFalse(Files.exists(before));
  }

  @Test
  void aStreamThatFailsHurtsNobody() throws IOException {
    stream.close();
    write("1234\n");
    log.write('5');
    assertEquals("", Files.readString(file));
  }
}
