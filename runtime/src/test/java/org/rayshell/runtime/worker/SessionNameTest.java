package org.rayshell.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SessionNameTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("'session_'yyyy-MM-dd_HH-mm-ss_SSSSSS");

  private static String expected(LocalDateTime time) {
    return FORMAT.format(time) + "_" + ProcessHandle.current().pid();
  }

  @Test
  void itIsLocalTimeAndThePid() {
    for (LocalDateTime time :
        new LocalDateTime[] {
          LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000),
          LocalDateTime.of(2026, 12, 31, 23, 59, 59, 999_999_999),
          LocalDateTime.of(2027, 10, 10, 0, 0, 0, 0)
        }) {
      assertEquals(expected(time), SessionName.of(time));
    }
  }

  @Test
  void theTimeIsThatOfTheClockOnTheWall() {
    LocalDateTime before = LocalDateTime.now();
    String name = SessionName.now();
    String time = name.substring(0, name.lastIndexOf('_'));
    LocalDateTime said = LocalDateTime.parse(time, FORMAT);
    assertFalse(said.isBefore(before.minus(Duration.ofNanos(1000))), name);
    assertFalse(said.isAfter(LocalDateTime.now()), name);
  }

  @Test
  void noTwoSecretsAreTheSame() {
    assertFalse(Arrays.equals(SystemRandom.bytes(32), SystemRandom.bytes(32)));
  }
}
