package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.Ray;
import org.rayshell.RayContext;
import org.rayshell.RayOptions;
import org.rayshell.RayTaskException;
import org.rayshell.TaskCancelledException;
import org.rayshell.TaskOptions;
import org.rayshell.cluster.testing.Host;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.runtime.view.LogLine;
import org.rayshell.runtime.view.TaskInfo;
import org.rayshell.runtime.view.TaskState;

/**
 * A program that runs on the host of a cluster's head and has tasks on another one, on which
 * nothing of this host's files is to be seen. It fails if anything is not as it should be.
 */
final class TwoHosts {
  private final RayContext session;

  private TwoHosts(RayContext session) {
    this.session = session;
  }

  /** The cluster's address, Ray's jar, the address of this host, and that of the other. */
  public static void main(String[] arguments) throws Exception {
    try {
      RayOptions options = RayCluster.options(arguments[0], Path.of(arguments[1]));
      TwoHosts hosts = new TwoHosts(Ray.init(options));
      hosts.areSeen(Set.of(arguments[2], arguments[3]));
      hosts.runTasks(arguments[2], arguments[3]);
      hosts.showTheirFailures();
      hosts.cancel();
      hosts.lose(arguments[3]);
    } finally {
      Ray.shutdown();
    }
    System.out.println("all is well");
  }

  private void areSeen(Set<String> addresses) {
    Map<String, NodeInfo> nodes =
        Ray.nodes().stream().collect(Collectors.toMap(NodeInfo::address, node -> node));
    assertEquals(addresses, nodes.keySet());
    nodes.values().forEach(node -> assertTrue(node.alive(), node.toString()));
    assertEquals(2.0, Ray.clusterResources().get("CPU"));
  }

  private void runTasks(String here, String there) {
    UnaryOperator<TaskOptions> near = o -> o.resources(Map.of("near", 1.0));
    UnaryOperator<TaskOptions> far = o -> o.resources(Map.of("far", 1.0));
    assertEquals(here, Ray.get(Ray.task(TwoHosts::host, 0).options(near).remote()));
    assertEquals(there, Ray.get(Ray.task(TwoHosts::host, 0).options(far).remote()));
    assertTrue(
        Ray.get(Ray.task(Jobs::home, 0).options(far).remote())
            .contains("/runtime_resources/java_jars_files/"));

    int captured = 6;
    assertEquals(42, Ray.get(Ray.task(() -> captured * 7).options(far).remote()));
    assertEquals(
        new Jobs.Point(2, List.of("a", "moved")),
        Ray.get(Ray.task(Jobs::moved, new Jobs.Point(1, List.of("a"))).options(far).remote()));

    // Large values: from there to here, from here to there, and from there to there.
    ObjectRef<double[]> made = Ray.task(Jobs::numbers, 300_000).options(far).remote();
    assertEquals(300_000, Ray.get(Ray.task(Jobs::last, made).options(near).remote()));
    assertEquals(300_000, Ray.get(Ray.task(Jobs::last, made).options(far).remote()));
    assertEquals(300_000, Ray.get(made).length);
    ObjectRef<double[]> put = Ray.put(Jobs.numbers(200_000));
    assertEquals(200_000, Ray.get(Ray.task(Jobs::last, put).options(far).remote()));

    // A task there that has one here, and one of whose refs are that one's.
    assertEquals(List.of(there, here), Ray.get(Ray.task(TwoHosts::both, 0).options(far).remote()));
    List<ObjectRef<Integer>> refs = Ray.get(Ray.task(Jobs::refs, 5).options(far).remote());
    assertEquals(15, Ray.get(Ray.task(Jobs::sum, refs).options(near).remote()));

    assertEquals(5, Ray.get(Ray.task(Jobs::says, "hello").options(far).remote()));
    List<String> lines =
        session.view().output(_ -> true, 0, 1_000).lines().stream().map(LogLine::text).toList();
    assertTrue(lines.containsAll(List.of("hello", "hello!")), lines.toString());
  }

  private void showTheirFailures() {
    ObjectRef<Integer> failed =
        Ray.task(Jobs::fails, 3).options(o -> o.resources(Map.of("far", 1.0))).remote();
    RayTaskException e = assertThrows(RayTaskException.class, () -> Ray.get(failed));
    assertEquals("boom 3", e.getCause().getMessage());
    assertEquals("fails", e.getCause().getStackTrace()[0].getMethodName());
  }

  private void cancel() {
    ObjectRef<Long> running =
        Ray.task(Jobs::sleeps, 600_000L).options(o -> o.resources(Map.of("far", 1.0))).remote();
    awaitRunning(running);
    Ray.cancel(running);
    assertThrows(TaskCancelledException.class, () -> Ray.get(running));
  }

  /** Nobody tells that the other host is out of reach: what it ran runs here in the end. */
  private void lose(String there) throws IOException, InterruptedException {
    ObjectRef<Long> busy =
        Ray.task(Jobs::sleeps, 600_000L).options(o -> o.resources(Map.of("near", 1.0))).remote();
    awaitRunning(busy);
    ObjectRef<Long> moved = Ray.task(TwoHosts::sleepsThere, there).remote();
    awaitRunning(moved);
    assertEquals(0, new ProcessBuilder("ip", "link", "set", Host.CABLE, "down").start().waitFor());
    Ray.cancel(busy);
    assertEquals(0, Ray.get(moved));
    TaskInfo task = session.view().ref(moved).task().orElseThrow();
    assertEquals(2, task.attempt());
    assertEquals(List.of(false, true), Ray.nodes().stream().map(NodeInfo::alive).sorted().toList());
    assertEquals(1.0, Ray.clusterResources().get("CPU"));
  }

  private void awaitRunning(ObjectRef<?> ref) {
    while (session.view().ref(ref).task().orElseThrow().state() != TaskState.RUNNING) {
      Thread.onSpinWait();
    }
  }

  static long sleepsThere(String host) throws SocketException, InterruptedException {
    if (host(0).equals(host)) {
      Thread.sleep(600_000);
    }
    return 0;
  }

  /** The address of the host that it runs on. */
  static String host(int ignored) throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && address.isSiteLocalAddress())
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(","));
  }

  static List<String> both(int ignored) throws SocketException {
    ObjectRef<String> other =
        Ray.task(TwoHosts::host, 0).options(o -> o.resources(Map.of("near", 1.0))).remote();
    return List.of(host(0), Ray.get(other));
  }
}
