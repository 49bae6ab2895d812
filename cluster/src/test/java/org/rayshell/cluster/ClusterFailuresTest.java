package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.cluster.testing.NodeOptions;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.RayNode;
import org.rayshell.cluster.testing.SessionsLeft;
import org.rayshell.runtime.view.TaskState;

/** Clusters that break while a session's tasks run. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(SessionsLeft.class)
class ClusterFailuresTest {
  @AfterEach
  void leave() {
    Ray.shutdown();
  }

  private static RayContext attach(RayCluster cluster) {
    return Ray.init(cluster.options());
  }

  private static long awaitWorker(RayContext session, ObjectRef<?> ref) {
    while (session.view().ref(ref).task().orElseThrow().state() != TaskState.RUNNING) {
      Thread.onSpinWait();
    }
    return session.view().ref(ref).task().orElseThrow().workerPid();
  }

  @Test
  void theHeadDies() throws Exception {
    String address;
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1))) {
      address = cluster.address();
      RayContext session = attach(cluster);
      List<ObjectRef<Long>> refs =
          IntStream.range(0, 3).mapToObj(_ -> Ray.task(Jobs::sleeps, 600_000L).remote()).toList();
      ObjectRef<double[]> large = Ray.task(Jobs::numbers, 200_000).remote();
      awaitWorker(session, refs.getFirst());
      cluster.head().kill();
      for (ObjectRef<Long> ref : refs) {
        assertOver(address, assertThrows(RayException.class, () -> Ray.get(ref)));
      }
      assertOver(address, assertThrows(RayException.class, () -> Ray.get(large)));
      assertOver(
          address,
          assertThrows(RayException.class, () -> Ray.get(Ray.task(Jobs::twice, 1).remote())));
      assertOver(address, assertThrows(RayException.class, () -> Ray.put(new double[200_000])));
      Ray.shutdown();
    }
    // Tasks run here, then, if that is wanted.
    Ray.init(RayOptions.create().numCpus(1).dashboardPort(0));
    assertEquals(42, Ray.get(Ray.task(Jobs::twice, 21).remote()));
  }

  @Test
  @Tag("campaign")
  void theRayletDies() throws Exception {
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1))) {
      RayContext session = attach(cluster);
      ObjectRef<Long> ref = Ray.task(Jobs::sleeps, 600_000L).remote();
      awaitWorker(session, ref);
      cluster.head().killRaylet();
      assertOver(cluster.address(), assertThrows(RayException.class, () -> Ray.get(ref)));
      Ray.shutdown();
    }
  }

  private static void assertOver(String address, RayException e) {
    String message = e.getMessage();
    assertTrue(
        message.contains("the session on the Ray cluster at " + address + " is over: "), message);
    assertTrue(
        message.contains("its head at " + address + " does not answer any more")
            || message.contains("the node of the cluster at " + address),
        message);
    assertTrue(message.contains("Ray.shutdown() and Ray.init()"), message);
  }

  @Test
  @Tag("campaign")
  void aNodeDies(@TempDir Path folder) throws Exception {
    Path mark = folder.resolve("first");
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1).resource("head", 1))) {
      RayContext session = attach(cluster);
      RayNode second = cluster.addNode(NodeOptions.cpus(1));
      // While the head's CPU is taken there is only the other's.
      ObjectRef<Long> busy =
          Ray.task(Jobs::sleeps, 600_000L)
              .options(o -> o.resources(java.util.Map.of("head", 1.0)))
              .remote();
      awaitWorker(session, busy);
      ObjectRef<Long> moved = Ray.task(Jobs::sleepsOnce, mark.toString()).remote();
      long first = awaitWorker(session, moved);
      while (!Files.exists(mark)) {
        Thread.onSpinWait();
      }
      Ray.cancel(busy);
      second.kill();
      long then = Ray.get(moved);
      assertNotEquals(first, then);
      assertEquals(then, session.view().ref(moved).task().orElseThrow().workerPid());
      Ray.shutdown();
    }
  }
}
