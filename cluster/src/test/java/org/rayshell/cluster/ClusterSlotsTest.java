package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.TaskCancelledException;
import org.rayshell.WorkerCrashedException;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.SharedCluster;
import org.rayshell.runtime.view.TaskState;

/** Short tasks on a Ray cluster of two CPUs, which share tasks of Ray's: each is still its own. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(SharedCluster.class)
class ClusterSlotsTest {
  /** So many run before, until the gateway knows that they are short. */
  private static final int WARM = 100;

  private static RayContext session;

  @BeforeAll
  static void attach(RayCluster cluster) {
    session = Ray.init(cluster.options());
  }

  @AfterAll
  static void leave() {
    Ray.shutdown();
  }

  private static ObjectRef<Integer> step(int number, String awaited, String made) {
    return Ray.task(Steps::step, number, awaited, made).options(o -> o.maxRetries(0)).remote();
  }

  private static void warm() {
    for (int i = 0; i < WARM; i++) {
      assertEquals(i, Ray.get(step(i, "", "")));
    }
  }

  private static void awaitRunning(ObjectRef<?> ref) {
    while (session.view().ref(ref).task().orElseThrow().state() != TaskState.RUNNING) {
      Thread.onSpinWait();
    }
  }

  private static List<ObjectRef<Integer>> steps(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> step(i, "", "")).toList();
  }

  @Test
  void theyRunInFewWorkersAndEachIsSeen() {
    warm();
    List<ObjectRef<Integer>> refs = steps(0, 1_000);
    assertEquals(IntStream.range(0, 1_000).boxed().toList(), Ray.get(refs));
    for (ObjectRef<Integer> ref : refs) {
      var task = session.view().ref(ref).task().orElseThrow();
      assertEquals(TaskState.FINISHED, task.state());
      assertTrue(task.workerPid() > 0, task.toString());
    }
  }

  @Test
  void whoWaitsHoldsUpNobody(@TempDir Path folder) {
    warm();
    String mark = folder.resolve("mark").toString();
    // Only the last makes what the first two wait for, and there are two CPUs.
    ObjectRef<Integer> waits = step(-1, mark, "");
    List<ObjectRef<Integer>> between = steps(0, 200);
    ObjectRef<Integer> makes = step(-2, "", mark);
    assertEquals(-1, Ray.get(waits));
    assertEquals(-2, Ray.get(makes));
    assertEquals(IntStream.range(0, 200).boxed().toList(), Ray.get(between));
  }

  @Test
  void aRefOfWhatRunsCanBeInAValue(@TempDir Path folder) {
    warm();
    String mark = folder.resolve("mark").toString();
    ObjectRef<Integer> waits = step(3, mark, "");
    awaitRunning(waits);
    // It ends only after this one has begun, which has its ref.
    assertEquals(3, Ray.get(Ray.task(Steps::release, List.of(waits), mark).remote()));
    assertEquals(3, Ray.get(waits));
    // And of what has ended.
    assertEquals(4, Ray.get(Ray.task(Steps::release, List.of(step(4, "", "")), mark).remote()));
    ObjectRef<List<ObjectRef<Integer>>> put = Ray.put(List.of(waits));
    assertEquals(3, Ray.get(Ray.get(put).getFirst()));
  }

  @Test
  void whoDiesTakesNobodyAlong() {
    warm();
    List<ObjectRef<Integer>> before = steps(0, 50);
    ObjectRef<Integer> dies = step(Steps.DIES, "", "");
    List<ObjectRef<Integer>> after = steps(50, 100);
    assertThrows(WorkerCrashedException.class, () -> Ray.get(dies));
    List<ObjectRef<Integer>> all = new ArrayList<>(before);
    all.addAll(after);
    assertEquals(IntStream.range(0, 100).boxed().toList(), Ray.get(all));
  }

  @Test
  void whoIsCancelledTakesNobodyAlong(@TempDir Path folder) {
    warm();
    String never = folder.resolve("never").toString();
    ObjectRef<Integer> first = step(-1, never, "");
    List<ObjectRef<Integer>> refs = steps(0, 100);
    ObjectRef<Integer> last = step(-2, never, "");
    assertEquals(IntStream.range(0, 100).boxed().toList(), Ray.get(refs));
    Ray.cancel(first);
    Ray.cancel(last);
    assertThrows(TaskCancelledException.class, () -> Ray.get(first));
    assertThrows(TaskCancelledException.class, () -> Ray.get(last));
    ObjectRef<Integer> killed = step(-3, never, "");
    awaitRunning(killed);
    List<ObjectRef<Integer>> more = steps(0, 100);
    Ray.cancel(killed, true, false);
    assertThrows(TaskCancelledException.class, () -> Ray.get(killed));
    assertEquals(IntStream.range(0, 100).boxed().toList(), Ray.get(more));
  }

  @Test
  void largeResultsAreAmongSmallOnes() {
    List<ObjectRef<double[]>> refs =
        IntStream.range(0, 40)
            .mapToObj(i -> Ray.task(Jobs::numbers, i % 4 == 0 ? 20_000 + i : 1 + i).remote())
            .toList();
    List<ObjectRef<Double>> last =
        refs.stream().map(ref -> Ray.task(Jobs::last, ref).remote()).toList();
    for (int i = 0; i < refs.size(); i++) {
      double count = i % 4 == 0 ? 20_000 + i : 1 + i;
      assertEquals(count, Ray.get(last.get(i)));
      assertEquals(count, Ray.get(refs.get(i)).length);
    }
  }
}
