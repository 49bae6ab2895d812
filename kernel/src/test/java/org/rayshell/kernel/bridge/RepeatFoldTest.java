package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rayshell.runtime.DriverHooks.TaskOutput;

class RepeatFoldTest {
  private static final long SECOND = 1_000_000_000L;

  private final RepeatFold fold = new RepeatFold();

  private List<String> add(long pid, String line, long now) {
    return texts(fold.add(new TaskOutput("In [1]", "f", pid, false, line), now));
  }

  private static List<String> texts(List<RepeatFold.Line> lines) {
    return lines.stream()
        .map(each -> each.output().line() + (each.repeated() == 1 ? "" : " x" + each.repeated()))
        .toList();
  }

  @Test
  void alikeLinesOfSeveralWorkersAreCounted() {
    assertEquals(List.of("slow 0"), add(1, "slow 0", 0));
    assertEquals(List.of(), add(2, "slow 1", 1));
    assertEquals(List.of(), add(1, "slow 2", 2));
    assertEquals(5 * SECOND - 3, fold.due(3));
    assertEquals(List.of("slow 2 x2"), texts(fold.flush()));
    assertEquals(Long.MAX_VALUE, fold.due(3));
    assertEquals(List.of(), texts(fold.flush()));
  }

  @Test
  void whatOneWorkerPrintsIsNeverFolded() {
    for (int i = 0; i < 5; i++) {
      assertEquals(List.of("step " + i), add(1, "step " + i, i));
    }
  }

  @Test
  void oneLineAlikeIsShownItself() {
    add(1, "slow 0", 0);
    add(2, "slow 1", 1);
    assertEquals(List.of("slow 1"), texts(fold.expired(5 * SECOND)));
    assertEquals(List.of("slow 2"), add(3, "slow 2", 5 * SECOND + 1));
  }

  @Test
  void aWindowThatHeldMuchIsFollowedByAnother() {
    add(1, "slow 0", 0);
    add(2, "slow 1", 1);
    add(2, "slow 2", 2);
    assertEquals(List.of("slow 2 x2"), texts(fold.expired(5 * SECOND)));
    assertEquals(List.of(), add(3, "slow 3", 6 * SECOND));
    assertEquals(List.of("slow 3"), texts(fold.expired(10 * SECOND)));
  }

  @Test
  void numbersEmptyLinesAndFramesAreNotFolded() {
    for (String line : List.of("17", "", "\tat F.g(F.java:1)", "a=1 b=2")) {
      assertEquals(List.of(line), add(1, line, 0));
      assertEquals(List.of(line), add(2, line, 0));
    }
  }

  @Test
  void noLineIsEverLost() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      shown.addAll(add(i % 3, "line " + i, i * SECOND / 100));
    }
    shown.addAll(texts(fold.flush()));
    int sum =
        shown.stream()
            .mapToInt(each -> each.contains(" x") ? Integer.parseInt(each.split(" x")[1]) : 1)
            .sum();
    assertEquals(1_000, sum);
  }
}
