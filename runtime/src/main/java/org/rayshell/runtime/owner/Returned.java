package org.rayshell.runtime.owner;

import java.util.Arrays;
import org.rayshell.runtime.wire.Outcome;

/** The values of a task with several, until all of one try are there. Belongs to the loop. */
final class Returned {
  private final Outcome[] outcomes;

  Returned(int count) {
    outcomes = new Outcome[count];
  }

  /** One of them, counted from 1. */
  void put(int number, Outcome outcome) {
    if (number >= 1 && number <= outcomes.length) {
      outcomes[number - 1] = outcome;
    }
  }

  /** One of them, counted from 0; there for each once the try has ended well. */
  Outcome get(int index) {
    return outcomes[index];
  }

  /** Their bytes, encoded. */
  long bytes() {
    return Arrays.stream(outcomes).mapToLong(each -> each == null ? 0 : each.bytes()).sum();
  }

  void clear() {
    Arrays.fill(outcomes, null);
  }
}
