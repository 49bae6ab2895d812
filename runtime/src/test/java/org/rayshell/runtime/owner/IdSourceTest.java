package org.rayshell.runtime.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.ObjectId;

/** Ids look random, and yet tell in what order they were made. */
class IdSourceTest {
  private static final int COUNT = 1 << 12;

  @Test
  void idsMadeOneAfterTheOtherAreNeighbours() {
    IdSource ids = new IdSource(IdSource.seed("session_1"), 3);
    List<ObjectId> made = Stream.generate(ids::next).limit(COUNT).toList();
    assertEquals(COUNT, made.stream().map(ObjectId::unique).distinct().count());
    // Each has a place of its own in a table of just so many.
    long places = made.stream().map(id -> IdSource.order(id) & COUNT - 1).distinct().count();
    assertEquals(COUNT, places);
    for (int i = 1; i < COUNT; i++) {
      long step = IdSource.order(made.get(i)) ^ IdSource.order(made.get(i - 1));
      // What counting up by one changes of a number's bits.
      assertEquals(i ^ i + 1, step);
    }
  }
}
