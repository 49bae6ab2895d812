package org.rayshell.runtime.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.NodeInfo;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.scheduler.Scheduler;
import org.rayshell.runtime.view.WorkerInfo;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;

/**
 * Who schedules when a cluster does: every request for a lease is granted, and all leases lead to
 * the gateway, which leaves the rest to the cluster. Thread-safe: one lock.
 */
public final class ClusterScheduler implements Scheduler {
  /** How it acts. */
  public interface Port {
    /** Sends to the owner in this process. */
    void toOwner(Message.FromRaylet message);

    /** Sends to the gateway. */
    void toGateway(Message message);

    /** The gateway's process has ended; no task runs any more. */
    void ended(String exit, String stderrTail);
  }

  private final Port port;
  private final Set<Long> leases = new HashSet<>();
  private Message.ClusterState state =
      new Message.ClusterState(Map.of(), Map.of(), List.of(), List.of());
  private long gatewayPid;
  private long lastLease;
  private boolean ended;

  /** Without a gateway yet. */
  public ClusterScheduler(Port port) {
    this.port = port;
  }

  /** The gateway tells what the cluster has. */
  public synchronized void received(Message.ClusterState news) {
    state = news;
  }

  @Override
  public void start() {}

  @Override
  public synchronized void end() {
    ended = true;
  }

  @Override
  public synchronized void received(String from, Message.ToRaylet message) {
    if (ended) {
      return;
    }
    switch (message) {
      case Message.RequestLease m -> {
        long lease = ++lastLease;
        leases.add(lease);
        port.toGateway(new Message.OpenLease(lease, m.shape(), m.env()));
        port.toOwner(new Message.LeaseGranted(m.request(), lease, Peers.GATEWAY, gatewayPid));
      }
      case Message.ReturnLease m -> {
        if (leases.remove(m.lease())) {
          port.toGateway(new Message.CloseLease(m.lease()));
        }
      }
      // A request is granted before it could be cancelled, and nobody waits for one.
      case Message.CancelRequest _ -> {}
      // The gateway sees to tasks that do not heed their cancellation.
      case Message.KillWorker _ -> {}
      // The end of the gateway is told by its process.
      case Message.PeerLost _ -> {}
      default -> throw new IllegalArgumentException("not for a cluster: " + message);
    }
  }

  @Override
  public synchronized void connected(String name, long pid) {
    gatewayPid = pid;
  }

  @Override
  public void connectionLost(String name) {
    // A gateway ends without its driver, and its end says more.
  }

  @Override
  public void exited(int number, String exit, String stderrTail) {
    port.ended(exit, stderrTail);
  }

  @Override
  public boolean kill(long pid, String why) {
    return false;
  }

  @Override
  public Map<Long, RuntimeEnv> environments() {
    return Map.of();
  }

  @Override
  public synchronized Map<String, Double> total() {
    return state.total();
  }

  @Override
  public synchronized Map<String, Double> available() {
    return state.available();
  }

  @Override
  public synchronized List<WorkerInfo> workers() {
    List<WorkerInfo> workers = new ArrayList<>();
    for (Message.ClusterState.Worker worker : state.workers()) {
      workers.add(
          new WorkerInfo(
              worker.pid() + "@" + worker.node(),
              worker.pid(),
              worker.busy() ? WorkerInfo.State.RUNNING : WorkerInfo.State.IDLE,
              null,
              0,
              0,
              0,
              worker.started(),
              0,
              null));
    }
    return workers;
  }

  @Override
  public synchronized int aliveWorkers() {
    return state.workers().size();
  }

  private int workers(String node) {
    return (int) state.workers().stream().filter(each -> each.node().equals(node)).count();
  }

  @Override
  public synchronized List<NodeInfo> nodes() {
    List<NodeInfo> nodes = new ArrayList<>();
    for (Message.ClusterState.Node node : state.nodes()) {
      nodes.add(
          new NodeInfo(
              node.id(), node.address(), node.alive(), node.resources(), workers(node.address())));
    }
    return nodes;
  }
}
