package org.rayshell.runtime.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.arena.Block;
import org.rayshell.runtime.store.arena.BlockAddress;
import org.rayshell.runtime.view.ErrorType;
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
  private static final int ADD_BORROWER = 80;
  private static final int BORROWER_ADDED = 81;
  private static final int RELEASE_OBJECT = 82;
  private static final int FREE_OBJECT = 83;
  private static final int OBJECT_FREED = 84;
  private static final int COUNT_ARRIVALS = 85;
  private static final int ARRIVALS = 86;
  private static final int STORED_AT = 87;
  private static final int GET_RESULT = 88;
  private static final int RESULT_REPLY = 89;
  private static final int DROP_RESULT = 100;
  private static final int ARGUMENT_LOST = 101;
  private static final int CANCEL_OBJECT = 70;
  private static final int TASK_ITEM = 71;
  private static final int CANCEL_TASK = 72;
  private static final int ITEMS_TAKEN = 73;
  private static final int KILL_WORKER = 74;
  private static final int CHECK_HEALTH = 90;
  private static final int HEALTHY = 91;

  /** In the place of a value's length: its bytes are in the arena. */
  private static final int IN_ARENA = -2;

  /** In the place of an enum's code: there is none. */
  private static final int NONE = 0xff;

  private static final TaskState[] STATES = TaskState.values();
  private static final ErrorType[] ERROR_TYPES = ErrorType.values();
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
    // The first switch over types makes classes for 8 ms: not on the way to a first result.
    if (message instanceof Message.Hello m) {
      write(m, out);
    } else if (message instanceof Message.PushTask m) {
      write(m, out);
    } else if (message instanceof Message.TaskDone m) {
      write(m, out);
    } else {
      writeOther(message, out);
    }
    if (out.length() > MAX_BYTES) {
      long length = out.length();
      out.reset();
      throw new FrameTooLargeException(length);
    }
    out.patchLength((int) out.length() - 4);
  }

  private static void write(Message.Hello hello, WireWriter out) {
    out.u8(HELLO);
    out.i32(hello.protocol());
    out.bytes(hello.secret());
    out.text(hello.name());
    out.i64(hello.pid());
  }

  private static void write(Message.TaskDone done, WireWriter out) {
    out.u8(TASK_DONE);
    out.id(done.task());
    out.i32(done.attempt());
    write(done.outcome(), out);
    out.text(done.error());
    out.i64(done.started());
    out.i64(done.ended());
    out.i64(done.cpuNs());
    out.bool(done.retry());
  }

  private static void writeOther(Message message, WireWriter out) {
    switch (message) {
      case Message.Hello m -> write(m, out);
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
        write(m.lines(), out);
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
      case Message.Healthy m -> number(out, HEALTHY, m.check());
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
      case Message.CheckHealth m -> number(out, CHECK_HEALTH, m.check());
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
      case Message.TaskDone m -> write(m, out);
      case Message.GetObject m -> {
        number(out, GET_OBJECT, m.request());
        out.id(m.id());
        out.bool(m.value());
      }
      case Message.ObjectReply m -> {
        number(out, OBJECT_REPLY, m.request());
        write(m.outcome(), out);
      }
      case Message.AddBorrower m -> {
        number(out, ADD_BORROWER, m.request());
        out.id(m.id());
        out.text(m.borrower());
      }
      case Message.BorrowerAdded m -> number(out, BORROWER_ADDED, m.request());
      case Message.StoredAt m -> {
        number(out, STORED_AT, m.request());
        out.text(m.worker());
        out.i64(m.bytes());
      }
      case Message.GetResult m -> {
        number(out, GET_RESULT, m.request());
        out.id(m.id());
      }
      case Message.ResultReply m -> {
        number(out, RESULT_REPLY, m.request());
        write(m.outcome(), out);
      }
      case Message.DropResult m -> {
        out.u8(DROP_RESULT);
        out.id(m.id());
      }
      case Message.ArgumentLost m -> {
        out.u8(ARGUMENT_LOST);
        out.id(m.task());
        out.i32(m.attempt());
        out.id(m.argument());
        out.text(m.worker());
        out.text(m.why());
      }
      case Message.ReleaseObject m -> {
        out.u8(RELEASE_OBJECT);
        out.id(m.id());
        out.text(m.via());
        out.i32(m.times());
      }
      case Message.CountArrivals m -> {
        out.u8(COUNT_ARRIVALS);
        out.id(m.id());
        out.text(m.via());
      }
      case Message.Arrivals m -> {
        out.u8(ARRIVALS);
        out.id(m.id());
        out.text(m.via());
        out.i32(m.times());
      }
      case Message.FreeObject m -> {
        out.u8(FREE_OBJECT);
        out.id(m.id());
      }
      case Message.ObjectFreed m -> {
        out.u8(OBJECT_FREED);
        out.id(m.id());
      }
      case Message.CancelObject m -> {
        out.u8(CANCEL_OBJECT);
        out.id(m.id());
        out.bool(m.force());
        out.bool(m.recursive());
      }
      case Message.TaskItem m -> {
        out.u8(TASK_ITEM);
        out.id(m.task());
        out.i32(m.attempt());
        out.i32(m.number());
        write(m.outcome(), out);
      }
      case Message.CancelTask m -> {
        out.u8(CANCEL_TASK);
        out.id(m.task());
        out.i32(m.attempt());
        out.bool(m.force());
        out.bool(m.recursive());
      }
      case Message.ItemsTaken m -> {
        out.u8(ITEMS_TAKEN);
        out.id(m.task());
        out.i32(m.attempt());
        out.i32(m.count());
      }
      case Message.KillWorker m -> number(out, KILL_WORKER, m.lease());
      case Message.OfArena m -> ArenaFrame.write(m, out);
      case Message.OfCluster m -> ClusterFrame.write(m, out);
      case Message.Question m -> QuestionFrame.write(m, out);
      case Message.Answer m -> QuestionFrame.write(m, out);
    }
  }

  /** What becomes of the refs in a message as it is read. */
  interface RefReader {
    /** A ref has arrived. */
    ObjectRef<?> arrived(RefAddress address) throws ProtocolException;

    /** A value has arrived that is in the arena. */
    default Block block(BlockAddress address) throws ProtocolException {
      throw new ProtocolException("there is no object store here: " + address);
    }
  }

  /** Reads what follows the length. */
  static Message read(WireReader in, RefReader refs) throws ProtocolException {
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
          case TASK_OUTPUT -> new Message.TaskOutput(readLines(in));
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
          case PUSH_TASK -> readTask(in, refs);
          case RETURN_TASKS -> new Message.ReturnTasks(in.i64(), in.i32());
          case TASKS_RETURNED -> readReturned(in);
          case TASK_STARTED -> new Message.TaskStarted(in.id(), in.i32(), in.i64());
          case TASK_DONE ->
              new Message.TaskDone(
                  in.id(),
                  in.i32(),
                  readResult(in, refs),
                  in.text(),
                  in.i64(),
                  in.i64(),
                  in.i64(),
                  in.bool());
          case GET_OBJECT -> new Message.GetObject(in.i64(), in.id(), in.bool());
          case OBJECT_REPLY -> new Message.ObjectReply(in.i64(), readOutcome(in, refs));
          case ADD_BORROWER -> new Message.AddBorrower(in.i64(), in.id(), in.name());
          case BORROWER_ADDED -> new Message.BorrowerAdded(in.i64());
          case RELEASE_OBJECT -> new Message.ReleaseObject(in.id(), in.name(), in.i32());
          case COUNT_ARRIVALS -> new Message.CountArrivals(in.id(), in.name());
          case ARRIVALS -> new Message.Arrivals(in.id(), in.name(), in.i32());
          case STORED_AT -> new Message.StoredAt(in.i64(), in.name(), in.i64());
          case GET_RESULT -> new Message.GetResult(in.i64(), in.id());
          case RESULT_REPLY -> new Message.ResultReply(in.i64(), readResult(in, refs));
          case DROP_RESULT -> new Message.DropResult(in.id());
          case ARGUMENT_LOST ->
              new Message.ArgumentLost(in.id(), in.i32(), in.id(), in.name(), in.name());
          case FREE_OBJECT -> new Message.FreeObject(in.id());
          case OBJECT_FREED -> new Message.ObjectFreed(in.id());
          case CANCEL_OBJECT -> new Message.CancelObject(in.id(), in.bool(), in.bool());
          case TASK_ITEM -> new Message.TaskItem(in.id(), in.i32(), in.i32(), readResult(in, refs));
          case CANCEL_TASK -> new Message.CancelTask(in.id(), in.i32(), in.bool(), in.bool());
          case ITEMS_TAKEN -> new Message.ItemsTaken(in.id(), in.i32(), in.i32());
          case KILL_WORKER -> new Message.KillWorker(in.i64());
          case CHECK_HEALTH -> new Message.CheckHealth(in.i64());
          case HEALTHY -> new Message.Healthy(in.i64());
          default ->
              ArenaFrame.has(type)
                  ? ArenaFrame.read(type, in)
                  : ClusterFrame.has(type)
                      ? ClusterFrame.read(type, in, refs)
                      : QuestionFrame.read(type, in);
        };
    in.end();
    return message;
  }

  static void number(WireWriter out, int type, long number) {
    out.u8(type);
    out.i64(number);
  }

  private static void write(Message.PushTask m, WireWriter out) {
    number(out, PUSH_TASK, m.lease());
    out.id(m.task());
    out.text(m.name());
    out.text(m.export());
    write(m.target(), out);
    out.i32(m.args().size());
    for (EncodedValue arg : m.args()) {
      write(arg, out);
    }
    out.i32(m.stored().size());
    for (Message.StoredArgument arg : m.stored()) {
      out.i32(arg.index());
      out.id(arg.id());
      out.text(arg.worker());
    }
    out.i32(m.attempt());
    out.i32(m.attempts());
    out.text(m.cell());
    out.i32(m.depth());
    Message.PushTask.Terms terms = m.terms();
    out.i32(terms.returns());
    out.i32(terms.retryOn().size());
    for (String type : terms.retryOn()) {
      out.text(type);
    }
    out.i32(terms.ahead());
    out.i32(terms.taken());
    out.i32(terms.kept());
  }

  private static Message.PushTask.Terms readTerms(WireReader in) throws ProtocolException {
    int returns = in.i32();
    int count = in.count(4);
    List<String> retryOn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      retryOn.add(in.name());
    }
    return new Message.PushTask.Terms(returns, retryOn, in.i32(), in.i32(), in.i32());
  }

  static void write(EncodedValue value, WireWriter out) {
    Block block = value.block();
    if (block != null) {
      out.i32(IN_ARENA);
      ArenaFrame.address(block.address(), out);
    } else {
      out.bytes(value.heap());
    }
    out.i32(value.refs().size());
    for (ObjectRef<?> ref : value.refs()) {
      out.id(ref.handle().id());
      out.text(ref.handle().owner());
    }
  }

  static EncodedValue readValue(WireReader in, RefReader refs) throws ProtocolException {
    int length = in.i32();
    Block block = length == IN_ARENA ? refs.block(ArenaFrame.address(in)) : null;
    byte[] bytes = block == null ? in.bytes(length) : null;
    int count = in.count(20);
    if (count == 0) {
      return new EncodedValue(bytes, block, List.of());
    }
    List<ObjectRef<?>> found = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      found.add(refs.arrived(new RefAddress(in.id(), in.name())));
    }
    return new EncodedValue(bytes, block, List.copyOf(found));
  }

  private static Message.PushTask readTask(WireReader in, RefReader refs) throws ProtocolException {
    long lease = in.i64();
    ObjectId task = in.id();
    String name = in.name();
    String export = in.name();
    EncodedValue target = readValue(in, refs);
    int count = in.count(8);
    List<EncodedValue> args = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      args.add(readValue(in, refs));
    }
    List<Message.StoredArgument> stored = readStored(in, count);
    return new Message.PushTask(
        lease,
        task,
        name,
        export,
        target,
        args,
        stored,
        in.i32(),
        in.i32(),
        in.text(),
        in.i32(),
        readTerms(in));
  }

  private static List<Message.StoredArgument> readStored(WireReader in, int args)
      throws ProtocolException {
    int count = in.count(24);
    List<Message.StoredArgument> stored = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = in.i32();
      if (index < 0 || index >= args) {
        throw new ProtocolException("no such argument: index=" + index + ", arguments=" + args);
      }
      stored.add(new Message.StoredArgument(index, in.id(), in.name()));
    }
    return stored;
  }

  static void write(List<Message.TaskOutput.Line> lines, WireWriter out) {
    out.i32(lines.size());
    for (Message.TaskOutput.Line line : lines) {
      out.id(line.task());
      out.text(line.cell());
      out.text(line.function());
      out.bool(line.stderr());
      out.text(line.text());
    }
  }

  static List<Message.TaskOutput.Line> readLines(WireReader in) throws ProtocolException {
    int count = in.count(13);
    List<Message.TaskOutput.Line> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(new Message.TaskOutput.Line(in.id(), in.text(), in.name(), in.bool(), in.name()));
    }
    return lines;
  }

  static void write(RuntimeEnv env, WireWriter out) {
    out.i32(env.env().size());
    env.env()
        .forEach((name, value) -> {
          out.text(name);
          out.text(value);
        });
    out.i32(env.jvmOptions().size());
    env.jvmOptions().forEach(out::text);
  }

  static RuntimeEnv readEnv(WireReader in) throws ProtocolException {
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
      out.u8(NONE);
      return;
    }
    out.u8(outcome.kind().ordinal());
    out.bool(outcome.value() != null);
    if (outcome.value() != null) {
      write(outcome.value(), out);
    }
    out.text(outcome.message());
    out.i64(outcome.bytes());
  }

  /** An outcome that is never null. */
  private static Outcome readResult(WireReader in, RefReader refs) throws ProtocolException {
    Outcome outcome = readOutcome(in, refs);
    if (outcome == null) {
      throw new ProtocolException("the outcome of a task is missing");
    }
    return outcome;
  }

  private static Outcome readOutcome(WireReader in, RefReader refs) throws ProtocolException {
    int kind = in.u8();
    if (kind == NONE) {
      return null;
    }
    if (kind >= KINDS.length) {
      throw new ProtocolException("no such kind of outcome: kind=" + kind);
    }
    EncodedValue value = in.bool() ? readValue(in, refs) : null;
    return new Outcome(KINDS[kind], value, in.text(), in.i64());
  }

  private static void write(TaskUpdate task, WireWriter out) {
    out.id(task.id());
    out.text(task.function());
    out.text(task.cell());
    out.bool(task.parent() != null);
    if (task.parent() != null) {
      out.id(task.parent());
    }
    out.i64(task.ownerPid());
    out.i32(task.maxRetries());
    out.f64(task.numCpus());
    out.u8(task.state().ordinal());
    out.i32(task.attempt());
    out.i64(task.submitted());
    out.i64(task.at());
    out.bool(task.run() != TaskUpdate.Run.NONE);
    if (task.run() != TaskUpdate.Run.NONE) {
      write(task.run(), out);
    }
  }

  private static void write(TaskUpdate.Run run, WireWriter out) {
    out.i64(run.workerPid());
    out.i64(run.started());
    out.i64(run.ended());
    out.i64(run.cpuNs());
    out.i64(run.resultBytes());
    out.i64(run.argBytes());
    out.text(run.error());
    out.u8(run.errorType() == null ? NONE : run.errorType().ordinal());
  }

  private static Message.TaskUpdates readUpdates(WireReader in) throws ProtocolException {
    int count = in.count(48);
    List<TaskUpdate> tasks = new ArrayList<>(count);
    TaskKind latest = null;
    for (int i = 0; i < count; i++) {
      ObjectId id = in.id();
      latest =
          new TaskKind(
                  in.name(), in.text(), in.bool() ? in.id() : null, in.i64(), in.i32(), in.f64())
              .orOther(latest);
      tasks.add(
          new TaskUpdate(
              id,
              latest,
              readState(in),
              in.i32(),
              in.i64(),
              in.i64(),
              in.bool() ? readRun(in) : TaskUpdate.Run.NONE));
    }
    return new Message.TaskUpdates(tasks);
  }

  private static TaskUpdate.Run readRun(WireReader in) throws ProtocolException {
    return new TaskUpdate.Run(
        in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.text(), readErrorType(in));
  }

  private static ErrorType readErrorType(WireReader in) throws ProtocolException {
    int type = in.u8();
    if (type == NONE) {
      return null;
    }
    if (type >= ERROR_TYPES.length) {
      throw new ProtocolException("no such type of error: errorType=" + type);
    }
    return ERROR_TYPES[type];
  }

  private static TaskState readState(WireReader in) throws ProtocolException {
    int state = in.u8();
    if (state >= STATES.length) {
      throw new ProtocolException("no such state of a task: state=" + state);
    }
    return STATES[state];
  }
}
