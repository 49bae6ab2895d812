package org.rayshell.cluster.gateway;

import io.ray.api.Ray;
import io.ray.api.runtimecontext.NodeInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.RayException;
import org.rayshell.cluster.ClusterToken;
import org.rayshell.cluster.DashboardAddress;
import org.rayshell.cluster.link.GatewayLink;
import org.rayshell.cluster.link.LinkServer;
import org.rayshell.cluster.link.SlotLink;
import org.rayshell.cluster.link.TaskEnd;
import org.rayshell.cluster.state.RayStateClient;
import org.rayshell.cluster.task.RayErrors;
import org.rayshell.cluster.task.RayHeld;
import org.rayshell.cluster.task.Results;
import org.rayshell.cluster.task.TaskCall;
import org.rayshell.cluster.task.Unsupported;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.owner.IdSource;
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
  private final Slots slots;
  private final Message.ClusterAttached about;
  private final ClusterWatch watch;
  private final NestedTasks nested = new NestedTasks();

  private RayCluster(String address, Listener listener, String host) throws IOException {
    this.listener = listener;
    links = new LinkServer(host, this);
    submissions = new Submissions(this::ended, () -> ClusterWatch.answers(address));
    RayTasks tasks = new RayTasks(links.address(), submissions, this::ended);
    slots = new Slots(tasks, new IdSource(new SecureRandom().nextLong(), 0)::next);
    tasks.use(slots);
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
    watch = new ClusterWatch(address, listener, links, submissions::areThere, client);
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
    if (!call.env().jvmOptions().isEmpty()) {
      throw new RayException(Unsupported.jvmOptions(call.env().jvmOptions()));
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
    Kind kind = new Kind(push.name(), call.shape(), call.env());
    GatewayCall made = new GatewayCall(push.task(), push.attempt(), kind, task.wrap(), given);
    under.accept(made);
    if (links.isUnwanted(push.task())) {
      // It was cancelled before it was here.
      links.forget(push.task());
      cancelled(made);
    } else if (given.isEmpty() && made.wrapped() instanceof byte[]) {
      slots.add(made);
    } else {
      slots.addAlone(made);
    }
  }

  @Override
  public void place(Held held, Runnable then) {
    if (held instanceof GatewayCall call) {
      slots.place(call, then);
    } else {
      then.run();
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
    GatewayCall call = slots.takeWaiting(task, attempt);
    if (call != null) {
      // No worker will be asked to run it.
      links.forget(task);
      call.release();
    } else if (submissions.takeUnbegun(task, attempt) instanceof GatewayCall alone) {
      call = alone;
    }
    if (call != null) {
      cancelled(call);
    }
  }

  /** The end of a task that never began. */
  private void cancelled(GatewayCall call) {
    call.is(CANCELLED);
    ended(call, CANCELLED);
  }

  /** The end of a task of which no worker tells. */
  private void ended(GatewayCall call, Result result) {
    listener.done(
        new Done(
            call.task(), call.attempt(), call, result, 0, result.message(), 0, now(), 0, false));
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000;
  }

  // Of workers.

  @Override
  public void started(ObjectId task, int attempt, long pid, String node, long at) {
    if (submissions.begun(task, attempt) || slots.begun(task, attempt)) {
      listener.started(task, attempt, pid, node, at);
    }
  }

  @Override
  public void printed(long pid, String node, List<Message.TaskOutput.Line> lines) {
    listener.printed(pid, node, lines);
  }

  @Override
  public void ended(TaskEnd end, byte[] result) {
    long ns = end.started() == 0 ? -1 : end.ended() - end.started();
    RayHeld held = submissions.take(end.task(), end.attempt());
    if (held == null) {
      held = slots.ended(end.task(), end.attempt(), result, ns);
    } else if (held instanceof GatewayCall call) {
      slots.took(call.kind(), ns);
    }
    if (held != null) {
      done(end, held, result == null ? null : Results.decode(result, Results.Refs.none()).result());
    }
  }

  @Override
  public void ready(ObjectId slot, SlotLink link) {
    slots.ready(slot, link);
  }

  @Override
  public void returned(ObjectId slot, List<ObjectId> calls) {
    slots.returned(slot, calls);
  }

  @Override
  public void kept(ObjectId task) {
    slots.kept(task);
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
  private void ended(ObjectId task, RayHeld held, Result told) {
    // Older versions say of one that ran on a node that has ended that its result is lost.
    Result result = told.kind() == Outcome.Kind.OBJECT_LOST ? NODE_ENDED : told;
    if (held instanceof GatewayCall call) {
      ended(call, result);
    } else {
      slots.lost(task, result);
    }
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
  public void lost(Map<ObjectId, Integer> tasks, ObjectId slot, boolean withNode) {
    nested.lost(tasks.keySet(), now()).forEach(listener::changed);
    if (slot != null) {
      if (withNode) {
        slots.lost(slot, NODE_ENDED);
      }
      slots.unlinked(slot);
    }
    if (!withNode) {
      if (!tasks.isEmpty() || slot != null) {
        submissions.lookSoon();
      }
      return;
    }
    // Of a machine that is out of reach Ray's driver hears only after minutes.
    tasks.forEach((task, attempt) -> {
      RayHeld held = submissions.take(task, attempt);
      if (held != null) {
        ended(task, held, NODE_ENDED);
      }
    });
  }
}
