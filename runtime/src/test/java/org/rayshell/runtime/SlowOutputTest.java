package org.rayshell.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayOptions;
import org.rayshell.RayTimeoutException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.testing.NothingLeft;

/** Task output that its reader takes slowly, or not at all for a while. */
@ExtendWith(NothingLeft.class)
@Timeout(120)
class SlowOutputTest {
  private final CountDownLatch reads = new CountDownLatch(1);
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void start() {
    Runtimes.install(
        new DriverHooks() {
          @Override
          public CodeSource codeSource() {
            return null;
          }

          @Override
          public String currentCell() {
            return null;
          }

          @Override
          public void taskOutput(TaskOutput output) {
            try {
              reads.await();
            } catch (InterruptedException _) {
              // The session ends: what is left is taken all the same.
            }
            lines.add(output.line());
          }
        });
    Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
  }

  @AfterEach
  void end() {
    Ray.shutdown();
    Runtimes.install(DriverHooks.NONE);
  }

  private static int prints(int count) {
    String filling = "x".repeat(100);
    for (int i = 0; i < count; i++) {
      System.out.println(i + filling);
    }
    return count;
  }

  private static int above() {
    return Ray.task(SlowOutputTest::prints, 1).remote().get() + 1;
  }

  @Test
  void aReaderThatTakesNothingHoldsBackOnlyTheTasksThatPrint() {
    ObjectRef<Integer> much = Ray.task(SlowOutputTest::prints, 50_000).remote();
    // More is printed than is kept on the way, so the task waits in the middle.
    assertThrows(RayTimeoutException.class, () -> much.get(Duration.ofMillis(300)));
    for (int i = 0; i < 100; i++) {
      assertEquals(i, Ray.task(Math::abs, -i).remote().get());
    }
    assertEquals(2.0, Ray.clusterResources().get("CPU"));
    assertEquals(List.of(), lines);

    reads.countDown();
    assertEquals(50_000, much.get());
    List<String> numbers = lines.stream().map(line -> line.split("x", 2)[0]).toList();
    assertEquals(IntStream.range(0, 50_000).mapToObj(Integer::toString).toList(), numbers);
  }

  @Test
  void aResultIsThereOnlyWhenItsOutputWasShown() {
    ObjectRef<Integer> little = Ray.task(SlowOutputTest::prints, 1).remote();
    ObjectRef<Integer> nested = Ray.task(SlowOutputTest::above).remote();
    assertThrows(RayTimeoutException.class, () -> little.get(Duration.ofMillis(200)));
    assertThrows(RayTimeoutException.class, () -> nested.get(Duration.ofMillis(200)));
    reads.countDown();
    assertEquals(1, little.get());
    assertEquals(2, nested.get());
    assertEquals(2, lines.size());
  }

  @Test
  void lastWordsAreShownBeforeTheWorkersEndIsTold() {
    reads.countDown();
    ObjectRef<Void> ref =
        Ray.task(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    System.out.println("word " + i);
                  }
                  Runtime.getRuntime().halt(1);
                })
            .options(o -> o.maxRetries(0))
            .remote();
    assertThrows(WorkerCrashedException.class, ref::get);
    // How much got out before the end is luck; what did is here, in order, and before the failure.
    List<String> shown = List.copyOf(lines);
    assertEquals(IntStream.range(0, shown.size()).mapToObj(i -> "word " + i).toList(), shown);
    Ray.shutdown();
    assertEquals(shown, lines);
  }

  @Test
  void aSessionEndsThoughNobodyReads() {
    ObjectRef<Integer> much = Ray.task(SlowOutputTest::prints, 50_000).remote();
    assertThrows(RayTimeoutException.class, () -> much.get(Duration.ofMillis(200)));
    Ray.shutdown();
    assertTrue(lines.size() < 50_000, "" + lines.size());
  }
}
