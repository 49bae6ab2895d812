package org.rayshell.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.cluster.Cluster;
import org.rayshell.runtime.code.CodeStore;
import org.rayshell.runtime.code.Export;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * The tasks that a driver has given to its gateway, and the results that the cluster keeps for it.
 * What comes of the driver is called on the loop, what comes of the cluster on threads of that.
 */
final class GatewayTasks implements Cluster.Listener {
  /** Threads that wait for results to come from the cluster's store. */
  private static final int READERS = 16;

  private final GatewayRuntime gateway;
  private final Owner owner;
  private final CodeStore code;
  private final Map<String, byte[]> exports = new ConcurrentHashMap<>();

  /** What was pushed and has not ended, with the task's result. */
  private final Map<ObjectId, Cluster.Held> running = new ConcurrentHashMap<>();

  /** Results and values that the cluster keeps for the driver. */
  private final Map<ObjectId, Cluster.Held> kept = new ConcurrentHashMap<>();

  /** Where the objects are that refs in values stand for. */
  private final Map<ObjectState, Cluster.Held> held =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** For what large values are put by, which must hold up no task. */
  private final ExecutorService writer = Executors.newSingleThreadExecutor(threads("rayshell-put"));

  /** For tasks with refs in values, which may have to be put first. */
  private final ExecutorService submitter =
      Executors.newSingleThreadExecutor(threads("rayshell-submit"));

  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, threads("rayshell-read"));

  private final Map<Long, Message.OpenLease> leases = new HashMap<>();
  private volatile Cluster cluster;

  GatewayTasks(GatewayRuntime gateway, Owner owner, Path folder) {
    this.gateway = gateway;
    this.owner = owner;
    this.code = CodeStore.in(folder);
  }

  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
  }

  void attach(Cluster attached) {
    cluster = attached;
  }

  // Of the driver, on the loop.

  void open(Message.OpenLease lease) {
    leases.put(lease.lease(), lease);
  }

  void close(Message.CloseLease lease) {
    leases.remove(lease.lease());
  }

  void push(Message.PushTask task) {
    Message.OpenLease lease = leases.get(task.lease());
    if (task.hasRefs()) {
      whenPlaced(task.values(), () -> submitter.execute(() -> submit(task, lease)));
    } else {
      submit(task, lease);
    }
  }

  /** A ref in a value: what it stands for must be known to the cluster before the value is. */
  private void whenPlaced(List<EncodedValue> values, Runnable then) {
    int[] left = {1};
    Runnable placed =
        () -> {
          if (--left[0] == 0) {
            then.run();
          }
        };
    for (EncodedValue value : values) {
      for (ObjectRef<?> ref : value.refs()) {
        ObjectState state = (ObjectState) ref.handle();
        Cluster.Held known = find(state);
        if (known != null) {
          // Its task may have ended by the time that this one is submitted.
          held.put(state, known);
          left[0]++;
          cluster.place(known, () -> gateway.loop.execute(placed));
        } else if (!state.isEnded()) {
          left[0]++;
          gateway.fetch(state, _ -> placed.run());
        }
      }
    }
    placed.run();
  }

  private Cluster.Held find(ObjectState state) {
    Cluster.Held known = held.get(state);
    if (known == null) {
      known = running.get(state.id());
    }
    return known == null ? kept.get(state.id()) : known;
  }

  private void submit(Message.PushTask task, Message.OpenLease lease) {
    try {
      List<Cluster.Argument> args = new ArrayList<>();
      for (EncodedValue value : task.args()) {
        args.add(new Cluster.Argument.Value(part(value)));
      }
      for (Message.StoredArgument stored : task.stored()) {
        Cluster.Held at = kept.get(stored.id());
        if (at == null) {
          argumentLost(task, stored);
          return;
        }
        args.set(stored.index(), new Cluster.Argument.At(at));
      }
      Cluster.Call call =
          new Cluster.Call(task, part(task.target()), args, lease.shape(), lease.env());
      cluster.submit(call, result -> running.put(task.task(), result));
    } catch (RuntimeException e) {
      running.remove(task.task());
      refused(task, e);
    }
  }

  private void argumentLost(Message.PushTask task, Message.StoredArgument lost) {
    gateway.loop.execute(() ->
        gateway.toPeer(
            Peers.DRIVER,
            new Message.ArgumentLost(
                task.task(),
                task.attempt(),
                lost.id(),
                Peers.GATEWAY,
                "the cluster does not keep it any more")));
  }

  private void refused(Message.PushTask task, RuntimeException e) {
    String why = task.name() + " cannot run on the cluster: " + e.getMessage();
    Cluster.Result result = new Cluster.Result(Outcome.Kind.REFUSED, List.of(), why);
    done(
        new Cluster.Done(
            task.task(), task.attempt(), null, result, 0, e.getMessage(), 0, 0, 0, false));
  }

  /** The value for the cluster: the refs in it say where their objects are. */
  private Cluster.Part part(EncodedValue value) {
    return new Cluster.Part(value.bytes(), contained(value));
  }

  private List<Cluster.Contained> contained(EncodedValue value) {
    if (value.refs().isEmpty()) {
      return List.of();
    }
    List<Cluster.Contained> refs = new ArrayList<>();
    for (ObjectRef<?> ref : value.refs()) {
      ObjectState state = (ObjectState) ref.handle();
      Cluster.Held at = find(state);
      if (at == null) {
        at = put(state.outcome());
        held.put(state, at);
      }
      refs.add(new Cluster.Contained(new RefAddress(state.id(), state.owner()), at));
    }
    return refs;
  }

  private Cluster.Held put(Outcome outcome) {
    if (!outcome.isValue()) {
      throw new IllegalStateException(
          "a ref in a value stands for a failure: " + outcome.message());
    }
    return cluster.put(outcome.value(), contained(outcome.value()));
  }

  void cancel(Message.CancelTask message) {
    cluster.cancel(message.task(), message.attempt(), message.force());
  }

  void store(Message.StoreObject message) {
    whenPlaced(List.of(message.value()), () -> writer.execute(() -> put(message)));
  }

  private void put(Message.StoreObject message) {
    String error = null;
    try {
      kept.put(message.id(), cluster.put(message.value(), contained(message.value())));
    } catch (RuntimeException e) {
      error = String.valueOf(e.getMessage());
    }
    Message answer = new Message.ObjectStored(message.request(), error);
    gateway.loop.execute(() -> gateway.toPeer(Peers.DRIVER, answer));
  }

  void get(Message.GetResult message) {
    Cluster.Held at = kept.get(message.id());
    if (at == null) {
      reply(message, outcome(lost(message.id(), "the cluster does not keep it any more")));
      return;
    }
    readers.execute(() -> {
      Cluster.Result result = read(message.id(), at);
      gateway.loop.execute(() -> reply(message, outcome(result)));
    });
  }

  private void reply(Message.GetResult question, Outcome outcome) {
    gateway.answer(
        new Message.ResultReply(question.request(), outcome),
        e ->
            new Message.ResultReply(
                question.request(), outcome(lost(question.id(), "it is " + e.getMessage()))));
  }

  private static Cluster.Result lost(ObjectId id, String why) {
    return new Cluster.Result(
        Outcome.Kind.OBJECT_LOST, List.of(), "the value of " + id + " is lost: " + why);
  }

  private Cluster.Result read(ObjectId id, Cluster.Held at) {
    try {
      return cluster.get(at);
    } catch (RuntimeException e) {
      return lost(id, String.valueOf(e.getMessage()));
    }
  }

  /** For the driver; on the loop, since refs in the value are borrowed here. */
  private Outcome outcome(Cluster.Result result) {
    EncodedValue value = result.values().isEmpty() ? null : encoded(result.values().getFirst());
    return result.kind() == Outcome.Kind.VALUE
        ? Outcome.value(value)
        : Outcome.failure(result.kind(), value, result.message());
  }

  /** The value for the driver: its refs are this process's, or the driver's own. */
  private EncodedValue encoded(Cluster.Part part) {
    return new EncodedValue(
        part.bytes(), part.refs().stream().<ObjectRef<?>>map(this::ref).toList());
  }

  private ObjectRef<?> ref(Cluster.Contained each) {
    RefAddress address = each.address();
    if (!address.owner().equals(Peers.GATEWAY)) {
      // The driver's own, or of this process if it was there before.
      return owner.arrived(address, Peers.DRIVER);
    }
    ObjectState state = owner.lentObject(address.id());
    if (state == null) {
      state = owner.promise(address.id());
    }
    held.put(state, each.held());
    ObjectRef<?> ref = new ObjectRef<>(state);
    owner.lend(ref);
    return ref;
  }

  /** The driver asks for an object that a task has made in the cluster. */
  void wanted(ObjectId id) {
    ObjectState state = owner.lentObject(id);
    Cluster.Held at = state == null ? null : held.get(state);
    if (at != null && !state.isEnded()) {
      readers.execute(() -> {
        Cluster.Result result = read(id, at);
        gateway.loop.execute(() -> owner.fulfil(state, outcome(result)));
      });
    }
  }

  void drop(ObjectId id) {
    kept.remove(id);
  }

  // Of the cluster.

  @Override
  public void started(ObjectId task, int attempt, long pid, String node, long started) {
    gateway.loop.execute(() -> {
      gateway.toPeer(Peers.DRIVER, new Message.TaskAt(task, attempt, pid, node));
      gateway.toPeer(Peers.DRIVER, new Message.TaskStarted(task, attempt, started));
    });
  }

  @Override
  public void printed(long pid, String node, List<Message.TaskOutput.Line> lines) {
    gateway.loop.execute(
        () -> gateway.toPeer(Peers.DRIVER, new Message.ClusterOutput(pid, node, lines)));
  }

  @Override
  public void done(Cluster.Done done) {
    running.remove(done.task(), done.held());
    if (done.result() == null) {
      kept.put(done.task(), done.held());
    }
    gateway.loop.execute(() -> tell(done));
  }

  private void tell(Cluster.Done done) {
    Cluster.Result result = done.result();
    Outcome outcome;
    if (result == null) {
      outcome = Outcome.stored(done.bytes());
    } else if (result.values().size() > 1) {
      int number = 0;
      for (Cluster.Part part : result.values()) {
        Outcome item = Outcome.value(encoded(part));
        send(done, new Message.TaskItem(done.task(), done.attempt(), ++number, item));
      }
      outcome = Outcome.value(gateway.codec.encode(null));
    } else {
      outcome = outcome(result);
    }
    send(done, message(done, outcome, done.error()));
  }

  private void send(Cluster.Done done, Message message) {
    gateway.answer(
        message,
        e -> {
          String error = "its result is " + e.getMessage();
          return message(done, Outcome.failure(Outcome.Kind.REFUSED, error), error);
        });
  }

  private static Message message(Cluster.Done done, Outcome outcome, String error) {
    return new Message.TaskDone(
        done.task(),
        done.attempt(),
        outcome,
        error,
        done.started(),
        done.ended(),
        done.cpuNs(),
        done.retry());
  }

  @Override
  public void changed(TaskUpdate task) {
    gateway.loop.execute(
        () -> gateway.toPeer(Peers.DRIVER, new Message.TaskUpdates(List.of(task))));
  }

  @Override
  public void exported(String hash, byte[] bytes) {
    exports.put(hash, bytes);
    Export export = new Export(hash, bytes);
    // The driver finds there what values need.
    code.save(export);
  }

  @Override
  public byte[] export(String hash) {
    byte[] known = exports.get(hash);
    if (known != null) {
      return known;
    }
    Export found = code.find(hash);
    return found == null ? null : found.bytes();
  }

  @Override
  public void state(Message.ClusterState state) {
    gateway.loop.execute(() -> gateway.toPeer(Peers.DRIVER, state));
  }

  @Override
  public void lost(String why) {
    gateway.tell(why);
  }
}
