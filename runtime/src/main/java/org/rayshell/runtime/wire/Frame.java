package org.rayshell.runtime.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.view.TaskState;

/**
 * The layout of a message on a socket, big-endian:
 *
 * <pre>
 *  0       4         5      6
 *  +-------+---------+------+------ ... ------+
 *  | length| version | type | body            |
 *  +-------+---------+------+------ ... ------+
 * </pre>
 *
 * The length counts what follows it. Texts and arrays carry their own length, which is checked
 * against the frame's.
 */
final class Frame {
  /** The version of this layout and of all messages. */
  static final int VERSION = 1;

  /** Length field, version, type. */
  static final int HEADER_BYTES = 6;

  /** The largest length a frame may have. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 64;

  /** The largest frame of a peer that has not yet shown the secret. */
  static final int MAX_STRANGER_BYTES = 512;

  private static final int HELLO = 1;
  private static final int REQUEST_LEASE = 2;
  private static final int CANCEL_REQUEST = 3;
  private static final int RETURN_LEASE = 4;
  private static final int BLOCKED = 5;
  private static final int UNBLOCKED = 6;
  private static final int TASK_OUTPUT = 7;
  private static final int FLUSH_OUTPUT = 8;
  private static final int TASK_UPDATES = 9;
  private static final int HEARTBEAT = 10;
  private static final int PEER_LOST = 11;
  private static final int RESOURCES_REQUEST = 12;
  private static final int STAYING = 13;
  private static final int LEASE_GRANTED = 20;
  private static final int LEASE_REFUSED = 21;
  private static final int RECLAIM = 22;
  private static final int WORKER_DIED = 23;
  private static final int RESOURCES_REPLY = 24;
  private static final int OUTPUT_FLUSHED = 25;
  private static final int EXIT_IF_UNNEEDED = 26;
  private static final int SHUTDOWN = 27;
  private static final int EXPORT_CODE = 30;
  private static final int PUSH_TASK = 31;
  private static final int TASK_STARTED = 40;
  private static final int TASK_DONE = 41;
  private static final int GET_OBJECT = 50;
  private static final int OBJECT_REPLY = 51;
  private static final int RETURN_TASKS = 60;
  private static final int TASKS_RETURNED = 61;

  private static final TaskState[] STATES = TaskState.values();
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  private Frame() {}

  /**
   * Writes the message as a frame.
   *
   * @throws FrameTooLargeException if it does not fit one
   */
  static void write(Message message, WireWriter out) {
    out.reset();
    out.i32(0);
    out.u8(VERSION);
    switch (message) {
      case Message.Hello m -> {
        out.u8(HELLO);
        out.i32(m.protocol());
        out.bytes(m.secret());
        out.text(m.name());
        out.i64(m.pid());
      }
      case Message.RequestLease m -> {
        out.u8(REQUEST_LEASE);
        out.i64(m.request());
        out.amounts(m.shape());
        out.i32(m.depth());
        write(m.env(), out);
      }
      case Message.CancelRequest m -> number(out, CANCEL_REQUEST, m.request());
      case Message.ReturnLease m -> number(out, RETURN_LEASE, m.lease());
      case Message.Blocked m -> number(out, BLOCKED, m.lease());
      case Message.Unblocked m -> number(out, UNBLOCKED, m.lease());
      case Message.TaskOutput m -> {
        out.u8(TASK_OUTPUT);
        out.i32(m.lines().size());
        for (Message.TaskOutput.Line line : m.lines()) {
          out.text(line.cell());
          out.text(line.function());
          out.bool(line.stderr());
          out.text(line.text());
        }
      }
      case Message.FlushOutput m -> number(out, FLUSH_OUTPUT, m.flush());
      case Message.TaskUpdates m -> {
        out.u8(TASK_UPDATES);
        out.i32(m.tasks().size());
        m.tasks().forEach(task -> write(task, out));
      }
      case Message.Heartbeat m -> {
        out.u8(HEARTBEAT);
        out.id(m.task());
        out.i64(m.cpuNs());
      }
      case Message.PeerLost m -> {
        out.u8(PEER_LOST);
        out.text(m.name());
      }
      case Message.ResourcesRequest m -> number(out, RESOURCES_REQUEST, m.request());
      case Message.Staying _ -> out.u8(STAYING);
      case Message.LeaseGranted m -> {
        number(out, LEASE_GRANTED, m.request());
        out.i64(m.lease());
        out.text(m.worker());
        out.i64(m.pid());
      }
      case Message.LeaseRefused m -> {
        number(out, LEASE_REFUSED, m.request());
        out.text(m.reason());
      }
      case Message.Reclaim m -> number(out, RECLAIM, m.lease());
      case Message.WorkerDied m -> {
        out.u8(WORKER_DIED);
        out.text(m.name());
        out.i64(m.pid());
        out.text(m.how());
        out.text(m.tail());
      }
      case Message.ResourcesReply m -> {
        number(out, RESOURCES_REPLY, m.request());
        out.amounts(m.total());
        out.amounts(m.available());
        out.text(m.nodeId());
        out.i32(m.workers());
        out.text(m.dashboardUrl());
      }
      case Message.OutputFlushed m -> number(out, OUTPUT_FLUSHED, m.flush());
      case Message.ExitIfUnneeded _ -> out.u8(EXIT_IF_UNNEEDED);
      case Message.Shutdown _ -> out.u8(SHUTDOWN);
      case Message.ExportCode m -> {
        out.u8(EXPORT_CODE);
        out.text(m.hash());
        out.bytes(m.bytes());
      }
      case Message.PushTask m -> write(m, out);
      case Message.ReturnTasks m -> {
        number(out, RETURN_TASKS, m.lease());
        out.i32(m.max());
      }
      case Message.TasksReturned m -> {
        number(out, TASKS_RETURNED, m.lease());
        out.i32(m.tasks().size());
        m.tasks().forEach(out::id);
        out.bool(m.holder() != null);
        if (m.holder() != null) {
          out.id(m.holder());
        }
      }
      case Message.TaskStarted m -> {
        out.u8(TASK_STARTED);
        out.id(m.task());
        out.i32(m.attempt());
        out.i64(m.started());
      }
      case Message.TaskDone m -> {
        out.u8(TASK_DONE);
        out.id(m.task());
        out.i32(m.attempt());
        write(m.outcome(), out);
        out.text(m.error());
        out.i64(m.started());
        out.i64(m.ended());
        out.i64(m.cpuNs());
      }
      case Message.GetObject m -> {
        number(out, GET_OBJECT, m.request());
        out.id(m.id());
        out.bool(m.value());
      }
      case Message.ObjectReply m -> {
        number(out, OBJECT_REPLY, m.request());
        write(m.outcome(), out);
      }
    }
    if (out.length() > MAX_BYTES) {
      long length = out.length();
      out.reset();
      throw new FrameTooLargeException(length);
    }
    out.patchLength((int) out.length() - 4);
  }

  /** Reads what follows the length. */
  static Message read(WireReader in) throws ProtocolException {
    int version = in.u8();
    if (version != VERSION) {
      throw new ProtocolException(
          "another version of the protocol: version=" + version + ", expected=" + VERSION);
    }
    int type = in.u8();
    Message message =
        switch (type) {
          case HELLO -> new Message.Hello(in.i32(), in.bytes(), in.name(), in.i64());
          case REQUEST_LEASE ->
              new Message.RequestLease(in.i64(), in.amounts(), in.i32(), readEnv(in));
          case CANCEL_REQUEST -> new Message.CancelRequest(in.i64());
          case RETURN_LEASE -> new Message.ReturnLease(in.i64());
          case BLOCKED -> new Message.Blocked(in.i64());
          case UNBLOCKED -> new Message.Unblocked(in.i64());
          case TASK_OUTPUT -> readOutput(in);
          case FLUSH_OUTPUT -> new Message.FlushOutput(in.i64());
          case TASK_UPDATES -> readUpdates(in);
          case HEARTBEAT -> new Message.Heartbeat(in.id(), in.i64());
          case PEER_LOST -> new Message.PeerLost(in.name());
          case RESOURCES_REQUEST -> new Message.ResourcesRequest(in.i64());
          case STAYING -> new Message.Staying();
          case LEASE_GRANTED -> new Message.LeaseGranted(in.i64(), in.i64(), in.name(), in.i64());
          case LEASE_REFUSED -> new Message.LeaseRefused(in.i64(), in.name());
          case RECLAIM -> new Message.Reclaim(in.i64());
          case WORKER_DIED -> new Message.WorkerDied(in.name(), in.i64(), in.name(), in.name());
          case RESOURCES_REPLY ->
              new Message.ResourcesReply(
                  in.i64(), in.amounts(), in.amounts(), in.name(), in.i32(), in.text());
          case OUTPUT_FLUSHED -> new Message.OutputFlushed(in.i64());
          case EXIT_IF_UNNEEDED -> new Message.ExitIfUnneeded();
          case SHUTDOWN -> new Message.Shutdown();
          case EXPORT_CODE -> new Message.ExportCode(in.name(), in.bytes());
          case PUSH_TASK -> readTask(in);
          case RETURN_TASKS -> new Message.ReturnTasks(in.i64(), in.i32());
          case TASKS_RETURNED -> readReturned(in);
          case TASK_STARTED -> new Message.TaskStarted(in.id(), in.i32(), in.i64());
          case TASK_DONE ->
              new Message.TaskDone(
                  in.id(), in.i32(), readOutcome(in), in.text(), in.i64(), in.i64(), in.i64());
          case GET_OBJECT -> new Message.GetObject(in.i64(), in.id(), in.bool());
          case OBJECT_REPLY -> new Message.ObjectReply(in.i64(), readOutcome(in));
          default -> throw new ProtocolException("no such type of message: type=" + type);
        };
    in.end();
    return message;
  }

  private static void number(WireWriter out, int type, long number) {
    out.u8(type);
    out.i64(number);
  }

  private static void write(Message.PushTask m, WireWriter out) {
    number(out, PUSH_TASK, m.lease());
    out.id(m.task());
    out.text(m.name());
    out.text(m.export());
    out.bytes(m.target());
    out.i32(m.args().size());
    m.args().forEach(arg -> out.bytes(arg.bytes()));
    out.i32(m.attempt());
    out.i32(m.attempts());
    out.text(m.cell());
    out.i32(m.depth());
  }

  private static Message.PushTask readTask(WireReader in) throws ProtocolException {
    long lease = in.i64();
    ObjectId task = in.id();
    String name = in.name();
    String export = in.name();
    byte[] target = in.bytes();
    int count = in.count(4);
    List<EncodedValue> args = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      args.add(new EncodedValue(in.bytes()));
    }
    return new Message.PushTask(
        lease, task, name, export, target, args, in.i32(), in.i32(), in.text(), in.i32());
  }

  private static Message.TaskOutput readOutput(WireReader in) throws ProtocolException {
    int count = in.count(13);
    List<Message.TaskOutput.Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(new Message.TaskOutput.Line(in.text(), in.name(), in.bool(), in.name()));
    }
    return new Message.TaskOutput(lines);
  }

  private static void write(RuntimeEnv env, WireWriter out) {
    out.i32(env.env().size());
    env.env()
        .forEach((name, value) -> {
          out.text(name);
          out.text(value);
        });
    out.i32(env.jvmOptions().size());
    env.jvmOptions().forEach(out::text);
  }

  private static RuntimeEnv readEnv(WireReader in) throws ProtocolException {
    int count = in.count(8);
    Map<String, String> variables = HashMap.newHashMap(count);
    for (int i = 0; i < count; i++) {
      variables.put(in.name(), in.name());
    }
    int options = in.count(4);
    List<String> jvmOptions = new ArrayList<>(options);
    for (int i = 0; i < options; i++) {
      jvmOptions.add(in.name());
    }
    try {
      return new RuntimeEnv(variables, jvmOptions);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage());
    }
  }

  private static Message.TasksReturned readReturned(WireReader in) throws ProtocolException {
    long lease = in.i64();
    int count = in.count(16);
    List<ObjectId> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(in.id());
    }
    return new Message.TasksReturned(lease, tasks, in.bool() ? in.id() : null);
  }

  private static void write(Outcome outcome, WireWriter out) {
    if (outcome == null) {
      out.u8(0xff);
      return;
    }
    out.u8(outcome.kind().ordinal());
    out.bool(outcome.value() != null);
    if (outcome.value() != null) {
      out.bytes(outcome.value().bytes());
    }
    out.text(outcome.message());
  }

  private static Outcome readOutcome(WireReader in) throws ProtocolException {
    int kind = in.u8();
    if (kind == 0xff) {
      return null;
    }
    if (kind >= KINDS.length) {
      throw new ProtocolException("no such kind of outcome: kind=" + kind);
    }
    EncodedValue value = in.bool() ? new EncodedValue(in.bytes()) : null;
    return new Outcome(KINDS[kind], value, in.text());
  }

  private static void write(TaskUpdate task, WireWriter out) {
    out.id(task.id());
    out.text(task.function());
    out.u8(task.state().ordinal());
    out.text(task.cell());
    out.bool(task.parent() != null);
    if (task.parent() != null) {
      out.id(task.parent());
    }
    out.i64(task.ownerPid());
    out.i64(task.workerPid());
    out.i32(task.attempt());
    out.i32(task.maxRetries());
    out.f64(task.numCpus());
    out.i64(task.submitted());
    out.i64(task.started());
    out.i64(task.ended());
    out.i64(task.cpuNs());
    out.i64(task.resultBytes());
    out.text(task.error());
    out.i64(task.at());
    out.i64(task.argBytes());
  }

  private static Message.TaskUpdates readUpdates(WireReader in) throws ProtocolException {
    int count = in.count(64);
    List<TaskUpdate> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(
          new TaskUpdate(
              in.id(),
              in.name(),
              readState(in),
              in.text(),
              in.bool() ? in.id() : null,
              in.i64(),
              in.i64(),
              in.i32(),
              in.i32(),
              in.f64(),
              in.i64(),
              in.i64(),
              in.i64(),
              in.i64(),
              in.i64(),
              in.text(),
              in.i64(),
              in.i64()));
    }
    return new Message.TaskUpdates(tasks);
  }

  private static TaskState readState(WireReader in) throws ProtocolException {
    int state = in.u8();
    if (state >= STATES.length) {
      throw new ProtocolException("no such state of a task: state=" + state);
    }
    return STATES[state];
  }
}
