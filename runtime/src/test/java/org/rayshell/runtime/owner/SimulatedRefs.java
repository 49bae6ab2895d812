package org.rayshell.runtime.owner;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefHandle;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskNews;
import org.rayshell.runtime.wire.TaskUpdate;

/**
 * Processes that put objects, hand refs on to each other inside values, get what the refs stand for
 * and forget them, without sockets: messages between two of them keep their order and are otherwise
 * late as chance has it. Garbage is the JVM's own, told when the test says so.
 */
final class SimulatedRefs {
  /** A value that no request asked for: its refs are for the receiver to keep. */
  private static final long GIFT = -1;

  final SimulatedTime time;
  final Map<String, Process> processes = new HashMap<>();
  final CollectedStates collected = new CollectedStates();
  private final Map<String, Long> lastArrival = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  SimulatedRefs(long seed, int count) {
    time = new SimulatedTime(seed);
    for (int i = 0; i < count; i++) {
      Process process = new Process(i == 0 ? "driver" : "w" + i, i);
      processes.put(process.name, process);
    }
  }

  Process anyProcess() {
    List<String> names = processes.keySet().stream().sorted().toList();
    return processes.get(names.get(time.random.nextInt(names.size())));
  }

  /** Kills a process; the others notice the end of its connections, then hear of its death. */
  void kill(String name) {
    Process dead = processes.remove(name);
    if (dead == null) {
      return;
    }
    dead.kept.clear();
    for (String other : List.copyOf(processes.keySet())) {
      // What it sent before still arrives: the end of the connection comes last.
      deliver(
          name,
          other,
          () -> {
            open.remove(name + other);
            if (processes.get(other) instanceof Process process) {
              process.owner.peerLost(name);
            }
          });
      deliver(
          "raylet",
          other,
          () -> {
            if (processes.get(other) instanceof Process process) {
              process.owner.received(new Message.WorkerDied(name, 1, "signal 9", ""));
            }
          });
    }
  }

  private void deliver(String from, String to, Runnable action) {
    long at =
        Math.max(
            lastArrival.getOrDefault(from + to, 0L) + 1,
            time.epochNs() + time.random.nextInt(200_000));
    lastArrival.put(from + to, at);
    time.schedule(at - time.epochNs(), action);
  }

  /** A process that keeps refs in a list, as a program does in its variables. */
  final class Process implements OwnerPort {
    final String name;
    final Owner owner;
    final List<ObjectRef<?>> kept = new ArrayList<>();
    private long number;

    Process(String name, int index) {
      this.name = name;
      this.owner = new Owner(name, index, new IdSource(1, index), time, this);
    }

    ObjectRef<?> anyRef() {
      return kept.isEmpty() ? null : kept.get(time.random.nextInt(kept.size()));
    }

    /** Puts a value that holds some of the refs kept here. */
    void put(int refs) {
      kept.add(new ObjectRef<>(owner.put(value(refs))));
    }

    private EncodedValue value(int refs) {
      List<ObjectRef<?>> inside = new ArrayList<>();
      for (int i = 0; i < refs && !kept.isEmpty(); i++) {
        ObjectRef<?> ref = anyRef();
        owner.lend(ref);
        inside.add(ref);
      }
      byte[] bytes = ByteBuffer.allocate(8).putLong(++number).array();
      return new EncodedValue(bytes, List.copyOf(inside));
    }

    /** Sends a value with refs to another process, which keeps them. */
    void give(String to, int refs) {
      owner.send(to, new Message.ObjectReply(GIFT, Outcome.value(value(refs))));
    }

    void forget(int count) {
      for (int i = 0; i < count && !kept.isEmpty(); i++) {
        kept.remove(time.random.nextInt(kept.size()));
      }
    }

    /** Gets what the ref stands for; the refs in that are kept. */
    void get(ObjectRef<?> ref, List<Outcome> failures) {
      ObjectState state = (ObjectState) ref.handle();
      state.watch(
          ready -> {
            Outcome outcome = ready.outcome();
            if (outcome.isValue()) {
              kept.addAll(outcome.value().refs());
            } else {
              failures.add(outcome);
            }
          },
          true);
      owner.fetch(state, true);
    }

    private void receive(String from, Message message) throws Exception {
      switch (message) {
        case Message.ObjectReply(long request, Outcome outcome) when request == GIFT ->
            kept.addAll(outcome.value().refs());
        case Message.FromRaylet m -> owner.received(m);
        case Message.ToOwner m -> owner.received(from, m);
        case Message.ObjectReply m -> owner.received(m);
        case Message.BorrowerAdded m -> owner.received(m);
        case Message.CountArrivals m -> owner.received(from, m);
        case Message.ObjectFreed m -> owner.received(m);
        default -> throw new AssertionError(message);
      }
    }

    @Override
    public boolean toPeer(String to, Message message) {
      if (!processes.containsKey(to)) {
        return false;
      }
      open.add(name + to);
      Message travels = detached(message);
      deliver(
          name,
          to,
          () -> {
            if (processes.get(to) instanceof Process receiver) {
              receiver.take(name, travels);
            }
          });
      return true;
    }

    private void take(String from, Message message) {
      try {
        receive(from, attached(message, from));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    /** As bytes on a socket, a message keeps nothing alive. */
    private static Message detached(Message message) {
      return message instanceof Message.ObjectReply(long request, Outcome outcome)
          ? new Message.ObjectReply(request, with(outcome, Process::address))
          : message;
    }

    private static ObjectRef<?> address(ObjectRef<?> ref) {
      RefHandle handle = ref.handle();
      return new ObjectRef<>(new Address(handle.id(), handle.owner()));
    }

    private Message attached(Message message, String from) {
      return message instanceof Message.ObjectReply(long request, Outcome outcome)
          ? new Message.ObjectReply(
              request,
              with(
                  outcome,
                  ref ->
                      owner.arrived(new RefAddress(ref.handle().id(), ref.handle().owner()), from)))
          : message;
    }

    private static Outcome with(
        Outcome outcome, java.util.function.UnaryOperator<ObjectRef<?>> each) {
      if (outcome == null || outcome.value() == null) {
        return outcome;
      }
      List<ObjectRef<?>> refs = new ArrayList<>();
      outcome.value().refs().forEach(ref -> refs.add(each.apply(ref)));
      return new Outcome(
          outcome.kind(),
          new EncodedValue(outcome.value().bytes(), refs),
          outcome.message(),
          outcome.bytes());
    }

    @Override
    public void toRaylet(Message.ToRaylet message) {
      if (message instanceof Message.PeerLost lost && !processes.containsKey(lost.name())) {
        deliver(
            "raylet",
            name,
            () -> owner.received(new Message.WorkerDied(lost.name(), 1, "signal 9", "")));
      }
    }

    @Override
    public boolean isConnected(String other) {
      return open.contains(other + name);
    }

    @Override
    public void stored(Object held, long bytes) {}

    @Override
    public void whenCollected(Object held, Runnable action) {
      collected.watch(
          held,
          () -> {
            if (processes.get(name) == this) {
              action.run();
            }
          });
    }

    @Override
    public void pending(int count) {}

    @Override
    public void failed(List<ObjectState> results) {}

    @Override
    public void report(TaskUpdate now, TaskNews kept) {}
  }

  private record Address(org.rayshell.runtime.ObjectId id, String owner) implements RefHandle {}
}
