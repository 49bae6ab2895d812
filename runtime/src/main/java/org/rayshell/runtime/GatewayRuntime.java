package org.rayshell.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Origin;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.FrameTooLargeException;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * The runtime of a gateway: to the driver it is a worker that runs any number of tasks at once, and
 * a process that keeps large results; it hands them on to a cluster. Thread-safe.
 */
public final class GatewayRuntime extends ProcessRuntime {
  /** Above the numbers of workers: ids are unlike those of all others. */
  private static final int NUMBER = 0xf_fffe;

  private final Listener listener;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private GatewayTasks tasks;

  private GatewayRuntime(Path folder, byte[] secret, Listener listener) throws IOException {
    super(folder, secret, Peers.GATEWAY, NUMBER, null, listener, System.err::println);
    this.listener = listener;
    listener.gateway = this;
  }

  /**
   * Attaches a cluster to the driver of a session; returns when the session or the cluster is gone.
   *
   * @param attach attaches to the cluster, given who is to be told of what comes from there; throws
   *     if that fails, with the reason as its message
   */
  public static void run(Path folder, byte[] secret, Function<Cluster.Listener, Cluster> attach)
      throws IOException {
    GatewayRuntime gateway = new GatewayRuntime(folder, secret, new Listener());
    gateway.tasks = new GatewayTasks(gateway, gateway.owner, folder);
    gateway.loop.start();
    try {
      Cluster cluster = attach.apply(gateway.tasks);
      gateway.tasks.attach(cluster);
      gateway.loop.execute(() -> gateway.toPeer(Peers.DRIVER, cluster.about()));
    } catch (RuntimeException e) {
      gateway.tell(e.getMessage());
    }
    gateway.end.join();
  }

  /** The cluster is gone, or there is none: tells the driver, and ends when that has hung up. */
  void tell(String why) {
    loop.execute(() -> {
      if (!toPeer(Peers.DRIVER, new Message.ClusterLost(why))) {
        end.complete(null);
      }
    });
  }

  @Override
  void toSelf(Message message) {
    throw new IllegalStateException("a gateway runs no tasks itself: " + message);
  }

  @Override
  Origin origin() {
    return new Origin(null, null, 0);
  }

  @Override
  void withoutDescriptors(String name) {
    System.err.println("no file descriptor is left in the gateway: peer=" + name);
    end.complete(null);
  }

  @Override
  public ClassLoader loader() {
    return GatewayRuntime.class.getClassLoader();
  }

  @Override
  public Wait waits(Awaited what) {
    return Wait.ended(() -> {});
  }

  @Override
  public void answers() {}

  @Override
  public void toRaylet(Message.ToRaylet message) {
    // There is one other process in the session, the driver: without it this one ends, too.
  }

  @Override
  public void report(TaskUpdate now, TaskNews kept) {
    throw new IllegalStateException("a gateway owns no tasks: " + now);
  }

  @Override
  public Map<String, Double> clusterResources() {
    throw new UnsupportedOperationException("nobody asks a gateway");
  }

  @Override
  public Map<String, Double> availableResources() {
    return clusterResources();
  }

  @Override
  public List<NodeInfo> nodes() {
    throw new UnsupportedOperationException("nobody asks a gateway");
  }

  @Override
  public String dashboardUrl() {
    return null;
  }

  /** What comes of the driver. */
  private static final class Listener implements Peers.Listener {
    private GatewayRuntime gateway;

    @Override
    public void met(String name, long pid) {}

    @Override
    public void received(String name, Connection from, Message message) throws ProtocolException {
      GatewayTasks tasks = gateway.tasks;
      switch (message) {
        case Message.OpenLease m -> tasks.open(m);
        case Message.CloseLease m -> tasks.close(m);
        case Message.ExportCode m -> tasks.exported(m.hash(), m.bytes());
        case Message.PushTask m -> tasks.push(m);
        case Message.CancelTask m -> tasks.cancel(m);
        case Message.StoreObject m -> tasks.store(m);
        case Message.GetResult m -> tasks.get(m);
        case Message.DropResult m -> tasks.drop(m.id());
        case Message.GetObject m -> {
          tasks.wanted(m.id());
          gateway.owner.received(name, m);
        }
        case Message.ToOwner m -> gateway.owner.received(name, m);
        case Message.ObjectReply m -> gateway.owner.received(m);
        case Message.BorrowerAdded m -> gateway.owner.received(m);
        case Message.OfResults m -> gateway.owner.received(name, m);
        case Message.StoredAt m -> gateway.owner.received(m);
        case Message.CountArrivals m -> gateway.owner.received(name, m);
        case Message.ObjectFreed m -> gateway.owner.received(m);
        default ->
            throw new ProtocolException("not for a gateway: " + message.getClass().getSimpleName());
      }
    }

    @Override
    public ObjectRef<?> arrived(String name, RefAddress address) {
      return gateway.owner.arrived(address, name);
    }

    @Override
    public void lost(String name) {
      gateway.end.complete(null);
    }
  }

  /** An answer to the driver; of what is too large for a message it hears instead. */
  void answer(Message message, Function<FrameTooLargeException, Message> instead) {
    try {
      owner.send(Peers.DRIVER, message);
    } catch (FrameTooLargeException e) {
      owner.send(Peers.DRIVER, instead.apply(e));
    }
  }

  /** The value of an object of the driver's, once it is here; asks for it. On the loop. */
  void fetch(ObjectState state, ObjectState.Watcher then) {
    owner.fetch(state, true);
    state.watch(then, true);
    // It may be kept by this very process.
    if (!state.isEnded() && state.isPlaced()) {
      owner.fetch(state, true);
    }
  }
}
