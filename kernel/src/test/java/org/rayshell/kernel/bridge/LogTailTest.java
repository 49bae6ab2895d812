package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  @Test
  void theLastLinesAreShownAndThoseOfTheLogBefore() throws Exception {
    Path log = folder.resolve("w1.out");
    Files.writeString(folder.resolve("w1.out.1"), "one\ntwo\n");
    Files.writeString(log, "three\nfour");
    assertEquals(List.of("four"), LogTail.of(log, 1));
    assertEquals(List.of("two", "three", "four"), LogTail.of(log, 3));
    assertEquals(List.of("one", "two", "three", "four"), LogTail.of(log, 10));
  }

  @Test
  void aLongLogIsReadFromItsEnd() throws Exception {
    Path log = folder.resolve("w1.out");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      text.append("line ").append(i).append('\n');
    }
    Files.writeString(log, text);
    assertEquals(List.of("line 299998", "line 299999"), LogTail.of(log, 2));
  }
}
