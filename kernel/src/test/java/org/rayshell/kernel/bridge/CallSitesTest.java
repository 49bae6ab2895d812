package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How many calls of a cell are looked at. */
class CallSitesTest {
  private static final long US = 1_000L;
  private static final long MS = 1_000_000L;

  private final CallSites sites = new CallSites("In [1]", 0);

  @Test
  void theFirstHundredAreAlwaysLookedAt() {
    for (int i = 0; i < 100; i++) {
      assertTrue(sites.mayLook(i));
      sites.looked(30 * US);
    }
    assertFalse(sites.mayLook(100));
  }

  @Test
  void thenAHundredthOfTheTimeIsSpentOnIt() {
    int looked = 0;
    // Ten tasks a millisecond for two seconds; a look takes three microseconds.
    for (int i = 0; i < 20_000; i++) {
      if (sites.mayLook(i * 100 * US)) {
        sites.looked(3 * US);
        looked++;
      }
    }
    assertEquals(2_000 * MS / 100 / (3 * US), looked, 1);
  }

  @Test
  void whoSubmitsNowAndThenIsLookedAtEachTime() {
    for (int i = 0; i < 1_000; i++) {
      assertTrue(sites.mayLook(i * 20 * MS));
      sites.looked(50 * US);
    }
  }
}
