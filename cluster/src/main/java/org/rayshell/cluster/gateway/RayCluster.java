package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import io.ray.api.runtimecontext.NodeInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.RayException;
import org.rayshell.cluster.ClusterToken;
import org.rayshell.cluster.DashboardAddress;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.cluster.link.LinkServer;
import org.rayshell.cluster.link.TaskEnd;
import org.rayshell.cluster.state.RayStateClient;
import org.rayshell.cluster.task.Options;
import org.rayshell.cluster.task.RayErrors;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.cluster.task.Results;
import org.rayshell.cluster.task.TaskCall;
import org.rayshell.cluster.task.Trampoline;
import org.rayshell.cluster.task.Unsupported;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * A Ray cluster that this process is a driver of. Tasks tell by their links that they begin and
 * end; what Ray alone knows, that a worker has died, {@link Submissions} finds. Thread-safe.
 */
final class RayCluster implements Cluster, LinkServer.Listener {
  private static final Result CANCELLED =
      new Result(Outcome.Kind.TASK_CANCELLED, List.of(), "cancelled");

  private static final Result NODE_ENDED =
      new Result(Outcome.Kind.WORKER_CRASHED, List.of(), "its node has ended");

  private final Listener listener;
  private final LinkServer links;
  private final Submissions submissions;
  private final Message.ClusterAttached about;
  private final ClusterWatch watch;
  private final NestedTasks nested = new NestedTasks();

  private RayCluster(String address, Listener listener, String host) throws IOException {
    this.listener = listener;
    links = new LinkServer(host, this);
    submissions = new Submissions(this::ended, () -> ClusterWatch.answers(address));
    String dashboard = DashboardAddress.ask();
    RayStateClient client =
        dashboard.isEmpty()
            ? null
            : new RayStateClient(dashboard, ClusterToken.find(System.getenv()));
    about =
        new Message.ClusterAttached(
            System.getProperty(RayProvider.VERSION),
            Ray.getRuntimeContext().getCurrentJobId().toString(),
            client == null ? null : client.dashboard().toString());
    watch = new ClusterWatch(address, listener, links, client);
  }

  /**
   * Attaches to the cluster whose head is at that address.
   *
   * @throws RayException if that cannot be; the message says why, and what to do
   */
  static RayCluster attach(String address, Path session, Listener listener) {
    Attaching.attach(address, session);
    try {
      RayCluster cluster = new RayCluster(address, listener, ownAddress());
      cluster.links.start();
      cluster.submissions.start();
      cluster.watch.start();
      return cluster;
    } catch (IOException e) {
      throw new RayException("the gateway cannot listen for the cluster's workers: " + e, e);
    }
  }

  /** Tells Ray that this driver goes. */
  static void leave() {
    if (Ray.isInitialized()) {
      Ray.shutdown();
    }
  }

  private static String ownAddress() throws UnknownHostException {
    var here = Ray.getRuntimeContext().getCurrentNodeId();
    for (NodeInfo node : Ray.getRuntimeContext().getAllNodeInfo()) {
      if (node.nodeId.equals(here)) {
        return node.nodeAddress;
      }
    }
    return InetAddress.getLocalHost().getHostAddress();
  }

  @Override
  public Message.ClusterAttached about() {
    return about;
  }

  @Override
  public void submit(Call call, Consumer<Held> under) {
    Message.PushTask push = call.push();
    if (push.terms().returns() == Message.PushTask.Terms.STREAM) {
      throw new RayException(Unsupported.stream(push.name()));
    }
    List<io.ray.api.ObjectRef<?>> given = new ArrayList<>();
    TaskCall task =
        TaskCall.of(
            links.address(),
            null,
            push.task(),
            push.attempt(),
            push.attempts(),
            push.name(),
            push.cell(),
            push.depth(),
            push.export(),
            call.target(),
            call.args(),
            push.terms().returns(),
            push.terms().retryOn(),
            given);
    RayHeld held = new RayHeld();
    under.accept(held);
    submissions.add(push.task(), push.attempt(), held);
    if (links.isUnwanted(push.task())) {
      // It was cancelled before it was here.
      held.is(Ray.put(Results.wrap(CANCELLED, null)));
      if (submissions.take(push.task(), push.attempt()) != null) {
        links.forget(push.task());
        listener.done(cancelled(push.task(), push.attempt(), held));
      }
      return;
    }
    try {
      held.is(
          Options.apply(Trampoline.task(task.wrap(), given), push.name(), call.shape(), call.env())
              .remote());
    } catch (RuntimeException e) {
      submissions.take(push.task(), push.attempt());
      throw e;
    }
  }

  @Override
  public Held put(EncodedValue value, List<Contained> refs) {
    Part part = new Part(value.bytes(), refs);
    return new RayHeld(
        Ray.put(Results.wrap(new Result(Outcome.Kind.VALUE, List.of(part), null), null)));
  }

  @Override
  public Result get(Held held) {
    return RayErrors.get((RayHeld) held, null);
  }

  @Override
  public void cancel(ObjectId task, int attempt, boolean force) {
    links.cancel(task, force);
    RayHeld held = submissions.takeUnbegun(task, attempt);
    if (held != null) {
      listener.done(cancelled(task, attempt, held));
    }
  }

  /** The end of a task that never began. */
  private static Done cancelled(ObjectId task, int attempt, RayHeld held) {
    return new Done(task, attempt, held, CANCELLED, 0, CANCELLED.message(), 0, now(), 0, false);
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000;
  }

  // Of workers.

  @Override
  public void started(ObjectId task, int attempt, long pid, String node, long at) {
    if (submissions.begun(task, attempt)) {
      listener.started(task, attempt, pid, node, at);
    }
  }

  @Override
  public void printed(long pid, String node, List<Message.TaskOutput.Line> lines) {
    listener.printed(pid, node, lines);
  }

  @Override
  public void ended(TaskEnd end, byte[] result) {
    RayHeld held = submissions.take(end.task(), end.attempt());
    if (held != null) {
      done(end, held, result == null ? null : Results.decode(result, Results.Refs.none()).result());
    }
  }

  private void done(TaskEnd end, RayHeld held, Result result) {
    listener.done(
        new Done(
            end.task(),
            end.attempt(),
            held,
            result,
            end.bytes(),
            end.error(),
            end.started(),
            end.ended(),
            end.cpuNs(),
            end.retry()));
  }

  /** Ray knows that a task has ended of which no worker has told. */
  private void ended(ObjectId task, int attempt, RayHeld held, Result told) {
    // Older versions say of one that ran on a node that has ended that its result is lost.
    Result result = told.kind() == Outcome.Kind.OBJECT_LOST ? NODE_ENDED : told;
    listener.done(new Done(task, attempt, held, result, 0, result.message(), 0, now(), 0, false));
  }

  @Override
  public void changed(TaskUpdate task) {
    if (nested.changed(task)) {
      listener.changed(task);
    }
  }

  @Override
  public void exported(String hash, byte[] bytes) {
    listener.exported(hash, bytes);
  }

  @Override
  public byte[] export(String hash) {
    return listener.export(hash);
  }

  @Override
  public GatewayLink.State state() {
    return watch.state();
  }

  @Override
  public void lost(Map<ObjectId, Integer> tasks, boolean withNode) {
    nested.lost(tasks.keySet(), now()).forEach(listener::changed);
    if (!withNode) {
      if (!tasks.isEmpty()) {
        submissions.lookSoon();
      }
      return;
    }
    // Of a machine that is out of reach Ray's driver hears only after minutes.
    tasks.forEach((task, attempt) -> {
      RayHeld held = submissions.take(task, attempt);
      if (held != null) {
        ended(task, attempt, held, NODE_ENDED);
      }
    });
  }
}
