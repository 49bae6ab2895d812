package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerExitTest {
  @ParameterizedTest
  @CsvSource({
    "0, exit code 0",
    "3, exit code 3",
    "128, exit code 128",
    "137, signal 9 (SIGKILL)",
    "143, signal 15 (SIGTERM)",
    "139, signal 11 (SIGSEGV)",
    "168, signal 40",
    "255, exit code 255",
  })
  void saysHowTheProcessEnded(int code, String text) {
    assertEquals(text, new WorkerExit(7, code, "").text());
    assertEquals(text, new WorkerExit(7, code, "").toString());
  }
}
