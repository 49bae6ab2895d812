package org.rayshell.runtime;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.rayshell.ObjectRef;
import org.rayshell.ObjectRefGenerator;
import org.rayshell.RayException;
import org.rayshell.WaitResult;
import org.rayshell.runtime.code.CodeSource;
import org.rayshell.runtime.code.FunctionShipper;
import org.rayshell.runtime.code.ShippedCall;
import org.rayshell.runtime.owner.IdSource;
import org.rayshell.runtime.owner.ObjectState;
import org.rayshell.runtime.owner.Origin;
import org.rayshell.runtime.owner.Owner;
import org.rayshell.runtime.owner.OwnerPort;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.ValueCodec;
import org.rayshell.runtime.store.arena.BlockTable;
import org.rayshell.runtime.wire.Connection;
import org.rayshell.runtime.wire.IoLoop;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.NoDescriptorException;
import org.rayshell.runtime.wire.Peers;
import org.rayshell.runtime.wire.ProtocolException;

/** What the runtimes of a driver and of a worker have in common. Thread-safe. */
abstract class ProcessRuntime implements RayRuntime, OwnerPort, RefAccess.Host {
  static final Cleaner CLEANER = Cleaner.create();

  final IoLoop loop;
  private final LateSends late;
  final Backlog backlog = new Backlog();
  private final Throttle throttle;
  final Peers peers;
  final Owner owner;
  final ValueCodec codec;
  private final FunctionShipper shipper;
  private final RefAccess access;

  /** Null if there is none; set before the loop runs. */
  private volatile ProcessArena arena;

  /**
   * A process that listens, but whose loop does not run yet.
   *
   * @param name of this process
   * @param number of this process
   * @param source the cells' code; null if there is none
   * @param log takes a line where something is wrong
   */
  ProcessRuntime(
      Path folder,
      byte[] secret,
      String name,
      int number,
      CodeSource source,
      Peers.Listener listener,
      Consumer<String> log)
      throws IOException {
    loop = new IoLoop("rayshell-io", log);
    throttle = new Throttle(loop, backlog);
    peers = new Peers(loop, folder, name, secret, listener);
    IdSource ids = new IdSource(IdSource.seed(folder.getFileName().toString()), number);
    owner = new Owner(name, ProcessHandle.current().pid(), ids, loop, this);
    codec = new ValueCodec(owner);
    shipper = new FunctionShipper(source, codec, folder);
    late = new LateSends(loop, this::sendLate, this::withoutDescriptors);
    access = new RefAccess(loop, owner, codec, this);
    loop.listen(Peers.socket(folder, name), peers);
  }

  /** Large values go through the arena from now on. Before the loop runs. */
  void attach(ProcessArena own) {
    arena = own;
    codec.attach(own.blocks);
  }

  /** The arena of this session. */
  ProcessArena arena() throws ProtocolException {
    ProcessArena own = arena;
    if (own == null) {
      throw new ProtocolException("this session has no object store in shared memory");
    }
    return own;
  }

  @Override
  public BlockTable blocks() {
    ProcessArena own = arena;
    return own == null ? null : own.blocks.table();
  }

  /** Whether others keep something for as long as it is not garbage here. */
  boolean borrows() {
    BlockTable own = blocks();
    return owner.borrowedObjects() > 0 || own != null && own.reads();
  }

  /** Whether there are large values of this process, which garbage may be all that keeps. */
  boolean stores() {
    ProcessArena own = arena;
    return own != null && own.blocks.used() > 0;
  }

  /** A message of this process to itself. */
  abstract void toSelf(Message message);

  /** Where a task comes from that the calling thread submits. */
  abstract Origin origin();

  /** The calling thread has made a task, which the loop does not know of yet. */
  void submitted(Owner.Submission task, ShippedCall call) {}

  @Override
  public FunctionShipper shipper() {
    return shipper;
  }

  @Override
  public ObjectRef<?> submit(ShippedCall call) {
    call.checkOneResult();
    check(call);
    return new ObjectRef<>(submit(owner.prepare(call, origin()), call).result());
  }

  @Override
  public List<ObjectRef<?>> submitMany(ShippedCall call) {
    check(call);
    List<ObjectRef<?>> refs = new ArrayList<>();
    submit(owner.prepareMany(call, origin()), call)
        .results()
        .forEach(r -> refs.add(new ObjectRef<>(r)));
    return List.copyOf(refs);
  }

  @Override
  public ObjectRefGenerator<?> submitStream(ShippedCall call) {
    check(call);
    return access.generator(submit(owner.prepareStream(call, origin()), call).items(), call.name());
  }

  private void check(ShippedCall call) {
    for (ShippedCall.Arg arg : call.args()) {
      if (arg instanceof ShippedCall.Arg.Ref(var ref)) {
        access.check(ref);
      }
    }
  }

  private Owner.Submission submit(Owner.Submission submission, ShippedCall call) {
    backlog.enter(() -> {
      Wait wait = waits(Awaited.ROOM);
      return () -> wait.over(false);
    });
    submitted(submission, call);
    Runnable submit =
        () -> {
          backlog.taken();
          owner.submit(submission);
        };
    if (backlog.isShort()) {
      loop.executeHere(submit);
    } else {
      loop.execute(submit);
      throttle.submitted();
    }
    return submission;
  }

  @Override
  public void pending(int count) {
    backlog.known(count);
  }

  @Override
  public void cancel(ObjectRef<?> ref, boolean force, boolean recursive) {
    access.cancel(ref, force, recursive);
  }

  @Override
  public <T> ObjectRef<T> put(T value) {
    if (owner.endReason() != null) {
      throw new RayException(owner.endReason());
    }
    if (value instanceof ObjectRef) {
      throw new IllegalArgumentException("Ray.put of a ref is not supported: use it as it is");
    }
    return new ObjectRef<>(store(codec.encode(value), origin().cell()));
  }

  /** An object of this process with that value. */
  ObjectState store(EncodedValue value, String cell) {
    return owner.put(value, cell);
  }

  @Override
  public <T> List<T> get(List<ObjectRef<T>> refs, Duration timeout) {
    return access.get(refs, timeout);
  }

  @Override
  public MemorySegment view(ObjectRef<?> ref, Duration timeout) {
    return access.view(ref, timeout);
  }

  @Override
  public <T> WaitResult<T> waitFor(
      List<ObjectRef<T>> refs, int numReturns, Duration timeout, boolean fetchLocal) {
    return access.waitFor(refs, numReturns, timeout, fetchLocal);
  }

  @Override
  public <T> CompletableFuture<T> toFuture(ObjectRef<T> ref) {
    return access.toFuture(ref);
  }

  @Override
  public boolean toPeer(String name, Message message) {
    if (name.equals(owner.name())) {
      // A worker may be lent to its own process, once the task that submitted others has ended.
      loop.defer(() -> toSelf(message));
      return true;
    }
    if (late.holds(name)) {
      late.add(name, message);
      return true;
    }
    try {
      return sendNow(name, message);
    } catch (NoDescriptorException _) {
      late.add(name, message);
      return true;
    }
  }

  /** Whether the process can be reached. */
  private boolean sendNow(String name, Message message) throws NoDescriptorException {
    try {
      Connection connection = peers.to(name);
      connection.send(message);
      return connection.isOpen();
    } catch (NoDescriptorException e) {
      throw e;
    } catch (IOException _) {
      return false;
    }
  }

  /** False if there is still no descriptor. A process that is gone is told of elsewhere. */
  private boolean sendLate(String name, Message message) {
    try {
      if (!sendNow(name, message)) {
        toRaylet(new Message.PeerLost(name));
      }
      return true;
    } catch (NoDescriptorException _) {
      return false;
    }
  }

  /** This process has had no file descriptor for seconds, and could not connect to that one. */
  abstract void withoutDescriptors(String name);

  @Override
  public boolean isConnected(String name) {
    return peers.known(name) != null;
  }

  @Override
  public void whenCollected(Object held, Runnable action) {
    CLEANER.register(held, () -> loop.execute(() -> unlessEnded(action)));
  }

  /** Refs of a session that has ended are garbage at some time, too: nobody is to be told. */
  void unlessEnded(Runnable action) {
    if (owner.endReason() == null) {
      action.run();
    }
  }

  @Override
  public void free(List<? extends ObjectRef<?>> refs) {
    List<ObjectState> states = refs.stream().map(access::check).toList();
    // Whoever asks here is told at once; the others hear of it.
    states.forEach(ObjectState::free);
    loop.execute(() -> owner.free(states));
  }

  @Override
  public void stored(Object held, long bytes) {}

  @Override
  public void failed(List<ObjectState> results) {}
}
