package org.rayshell.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.testing.NothingLeft;

/** Sessions that are broken at random while they work. */
@ExtendWith(NothingLeft.class)
@Timeout(600)
class ChaosTest {
  private static final int SHORT_ROUNDS = 10;
  private static final int CAMPAIGN_ROUNDS = 20;

  private static void run(long seed, int rounds) throws Exception {
    System.out.println("chaos: " + new ChaosRun(seed, rounds, false).run());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyCallEndsAsItMayAndNothingIsLeft(long seed) throws Exception {
    run(seed, SHORT_ROUNDS);
  }

  @Test
  @Tag("campaign")
  void everyCallEndsAsItMayOverMinutes() throws Exception {
    // One that failed is run again by -Dchaos.seed.
    long only = Long.getLong("chaos.seed", 0);
    for (long seed = 1000; seed < 1018; seed++) {
      run(only == 0 ? seed : only, CAMPAIGN_ROUNDS);
    }
  }
}
