package org.rayshell.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rayshell.testing.ChildJvm;
import org.rayshell.testing.NothingLeft;

/** A session that has worked for long holds no more than one that has just begun. */
@Tag("campaign")
@EnabledOnOs(value = OS.LINUX, disabledReason = "what a process holds is read from /proc")
@ExtendWith(NothingLeft.class)
class SoakTest {
  /** How long, in seconds, unless the property soak.seconds tells. */
  private static final long LENGTH = 600;

  /** Enough to see what leaks on purpose. */
  private static final long SHORT = 20;

  /** An end, and what it printed. */
  private record Ended(int exitCode, String printed) {}

  private static Ended run(long seconds, SoakRun.Leak leak) throws Exception {
    String seed = Long.getLong("soak.seed", 1).toString();
    try (ChildJvm driver = ChildJvm.start(SoakRun.class, "" + seconds, seed, leak.name())) {
      String printed = driver.readAll();
      return new Ended(driver.exitCode(), printed);
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void itEndsWithWhatItBegan() throws Exception {
    Ended ended = run(Long.getLong("soak.seconds", LENGTH), SoakRun.Leak.NONE);
    System.out.println(ended.printed());
    assertEquals(0, ended.exitCode(), ended.printed());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  @Timeout(600)
  void aLeakIsFound(SoakRun.Leak leak) throws Exception {
    Ended ended = run(SHORT, leak);
    assertNotEquals(0, ended.exitCode(), ended.printed());
    assertTrue(ended.printed().contains("it holds more than it did: "), ended.printed());
  }
}
