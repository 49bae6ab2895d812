package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.wire.Backend;

class AgeingTest {
  private final ArrayDeque<Runnable> planned = new ArrayDeque<>();
  private int looks;
  private final Ageing ageing = new Ageing(new Time(), Runnable::run, 5, () -> looks++);

  /** Which passes when the test says so. */
  private final class Time implements Backend {
    @Override
    public Timer schedule(long delayNs, Runnable command) {
      assertEquals(5, delayNs);
      planned.add(command);
      return () -> planned.remove(command);
    }

    @Override
    public void defer(Runnable command) {
      throw new UnsupportedOperationException();
    }
  }

  private void period() {
    planned.remove().run();
  }

  @Test
  void itLooksTwiceAfterTheLatestThatHasBecomeFree() {
    assertEquals(0, planned.size());
    ageing.freed();
    ageing.freed();
    assertEquals(1, planned.size());
    period();
    assertEquals(1, looks);
    ageing.freed();
    assertEquals(1, planned.size());
    period();
    assertEquals(2, looks);
    period();
    assertEquals(3, looks);
    assertEquals(0, planned.size());
    ageing.freed();
    assertEquals(1, planned.size());
  }
}
