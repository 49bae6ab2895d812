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
import java.util.function.Supplier;
import org.rayshell.RayException;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.wire.Message;

/** Looks now and then whether the head is there, and what the cluster has. Thread-safe. */
final class ClusterWatch {
  private static final long LOOK_MS = 1_000;
  private static final int CONNECT_MS = 5_000;

  /** A head that has not answered so often in a row is gone. */
  private static final int MISSES = 3;

  private final String address;
  private final Cluster.Listener listener;
  private final Supplier<List<Message.ClusterState.Worker>> workers;
  private volatile GatewayLink.State state = new GatewayLink.State(Map.of(), Map.of(), List.of());

  /** A watch of that head's cluster. */
  ClusterWatch(
      String address,
      Cluster.Listener listener,
      Supplier<List<Message.ClusterState.Worker>> workers) {
    this.address = address;
    this.listener = listener;
    this.workers = workers;
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
    while (true) {
      try {
        Thread.sleep(LOOK_MS);
        connect(address);
        missed = 0;
        look();
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
    List<NodeInfo> all = Ray.getRuntimeContext().getAllNodeInfo();
    Map<String, Double> total = new LinkedHashMap<>();
    List<Message.ClusterState.Node> nodes = new ArrayList<>();
    List<org.rayshell.NodeInfo> infos = new ArrayList<>();
    for (NodeInfo node : all) {
      nodes.add(
          new Message.ClusterState.Node(
              node.nodeId.toString(), node.nodeAddress, node.isAlive, node.resources));
      infos.add(
          new org.rayshell.NodeInfo(
              node.nodeId.toString(), node.nodeAddress, node.isAlive, node.resources, 0));
      if (node.isAlive) {
        node.resources.forEach((name, amount) -> total.merge(name, amount, Double::sum));
      }
    }
    state = new GatewayLink.State(total, total, infos);
    listener.state(new Message.ClusterState(total, total, nodes, workers.get()));
  }
}
