package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import io.ray.api.runtimecontext.NodeInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.rayshell.RayException;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.cluster.link.LinkServer;
import org.rayshell.cluster.state.ClusterStateException;
import org.rayshell.cluster.state.RayStateClient;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Message;

/**
 * Looks every second whether the head is there, and what the cluster has: that less often while
 * nothing runs, since it costs the cluster's dashboard work. Thread-safe.
 */
final class ClusterWatch {
  private static final long LOOK_MS = 1_000;
  private static final int CONNECT_MS = 5_000;

  /** While nothing runs the cluster is looked at every so many times, */
  private static final int QUIET_LOOKS = 5;

  /** once it has been quiet for so many: what is in use is known some seconds late. */
  private static final int QUIET_AFTER = 10;

  /** A head that has not answered so often in a row is gone. */
  private static final int MISSES = 3;

  private final String address;
  private final Cluster.Listener listener;
  private final LinkServer links;
  private final BooleanSupplier busy;

  /** Null if the cluster has none. */
  private final RayStateClient dashboard;

  private volatile GatewayLink.State state = new GatewayLink.State(Map.of(), Map.of(), List.of());

  /**
   * A watch of that head's cluster.
   *
   * @param links of the workers that are known; told of nodes that end
   * @param busy whether the session has tasks there
   * @param dashboard the cluster's; null if it has none
   */
  ClusterWatch(
      String address,
      Cluster.Listener listener,
      LinkServer links,
      BooleanSupplier busy,
      RayStateClient dashboard) {
    this.address = address;
    this.dashboard = dashboard;
    this.listener = listener;
    this.links = links;
    this.busy = busy;
  }

  /**
   * Whether there is something at that address.
   *
   * @throws RayException if there is not
   */
  static void checkReachable(String address) {
    try {
      connect(address);
    } catch (IOException e) {
      throw new RayException(
          "no Ray cluster answers at "
              + address
              + ": "
              + e.getMessage()
              + "; is its head up (ray start --head), and is this the port that it names?",
          e);
    }
  }

  /** Whether there is something now. */
  static boolean answers(String address) {
    try {
      connect(address);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket()) {
      InetSocketAddress at = new InetSocketAddress(host, port);
      if (at.isUnresolved()) {
        throw new IOException("no machine of that name is known: " + host);
      }
      socket.connect(at, CONNECT_MS);
    }
  }

  void start() {
    look();
    Thread.ofPlatform().daemon().name("rayshell-watch").start(this::run);
  }

  GatewayLink.State state() {
    return state;
  }

  private void run() {
    int missed = 0;
    int quiet = 0;
    while (true) {
      try {
        Thread.sleep(LOOK_MS);
        connect(address);
        missed = 0;
        quiet = busy.getAsBoolean() ? 0 : quiet + 1;
        if (quiet <= QUIET_AFTER || quiet % QUIET_LOOKS == 0) {
          look();
        }
      } catch (IOException e) {
        if (++missed == MISSES) {
          listener.lost("its head at " + address + " does not answer any more: " + e.getMessage());
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void look() {
    List<Message.ClusterState.Node> nodes = new ArrayList<>();
    Map<String, Double> total = new LinkedHashMap<>();
    Map<String, Double> available = new LinkedHashMap<>();
    for (NodeInfo node : Ray.getRuntimeContext().getAllNodeInfo()) {
      nodes.add(
          new Message.ClusterState.Node(
              node.nodeId.toString(), node.nodeAddress, node.isAlive, node.resources));
      if (node.isAlive) {
        node.resources.forEach((name, amount) -> total.merge(name, amount, Double::sum));
      }
    }
    available.putAll(total);
    // What is in use only the dashboard tells; without one nothing is known of it.
    free().forEach((name, amount) -> available.computeIfPresent(name, (_, _) -> amount));
    List<Message.ClusterState.Worker> linked = links.workers();
    state = new GatewayLink.State(total, available, infos(nodes, linked));
    listener.state(new Message.ClusterState(total, available, nodes, linked));
    // After that: whose task runs again sees that the node is gone.
    nodes.stream().filter(node -> !node.alive()).forEach(node -> links.nodeEnded(node.id()));
  }

  private Map<String, Double> free() {
    Map<String, Double> free = new LinkedHashMap<>();
    if (dashboard != null) {
      try {
        dashboard
            .resources()
            .forEach((name, each) -> each.free().ifPresent(amount -> free.put(name, amount)));
      } catch (ClusterStateException _) {
        // It is down, or is not up yet.
        return Map.of();
      }
    }
    return free;
  }

  private static List<org.rayshell.NodeInfo> infos(
      List<Message.ClusterState.Node> nodes, List<Message.ClusterState.Worker> workers) {
    return nodes.stream()
        .map(node ->
            new org.rayshell.NodeInfo(
                node.id(),
                node.address(),
                node.alive(),
                node.resources(),
                (int) workers.stream().filter(w -> w.node().equals(node.address())).count()))
        .toList();
  }
}
