package org.rayshell.runtime.wire;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where all of a process's sockets are served, and all state that says it is the loop's is changed:
 * by one thread at a time, which holds the turn. That is the loop's own thread, which waits in a
 * selector and uses no CPU while there is nothing to do; or a thread that waits for what the loop
 * is to bring ({@link #await}); or for a moment one that has something for it ({@link
 * #executeHere}). So neither need wait until another thread has woken. Thread-safe.
 */
public final class IoLoop implements Backend {
  /** How often a thread looks whether the turn is free before it waits for it. */
  private static final int SPINS = 500;

  private static final String NAME = IoLoop.class.getName();
  private static final Set<String> WAITS = Set.of("await", "spin");

  private final ThreadGroup group = Thread.currentThread().getThreadGroup();
  private final Thread thread;
  private final ReentrantLock turn = new ReentrantLock();
  private final Lead lead;
  private final Sockets sockets;
  private final Consumer<String> log;
  private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
  private final Timers timers = new Timers();
  private final Doorbell bell;
  private final BooleanSupplier nothingToDo;
  private final Consumer<Runnable> guard = this::guard;
  private final Runnable afterEach = this::runDeferred;
  private volatile boolean stopping;
  private volatile boolean finished;

  /**
   * A loop that is not yet running.
   *
   * @param name of its thread
   * @param log takes a line where a peer misbehaves
   */
  public IoLoop(String name, Consumer<String> log) throws IOException {
    this.log = log;
    this.sockets = new Sockets(this, guard);
    this.bell = new Doorbell(sockets::wake);
    this.nothingToDo = () -> commands.isEmpty() && sockets.isFlushed();
    this.thread = new LoopThread(name, this::run);
    this.lead = new Lead(thread, sockets::wake);
  }

  /**
   * Listens on a Unix-domain socket; before {@link #start}.
   *
   * @param acceptor the handler of each connection that is made
   */
  public void listen(Path socket, Connection.Handler acceptor) throws IOException {
    sockets.listen(socket, acceptor);
  }

  /**
   * Connects to a socket; in the loop only.
   *
   * @throws NoDescriptorException if it cannot just now
   */
  public Connection connect(Path socket, Connection.Handler handler) throws IOException {
    assertLoop();
    return sockets.connect(socket, handler);
  }

  /** Starts the loop's own thread. */
  public void start() {
    thread.start();
  }

  /** The group of the loop's own thread, for those that its work starts, whoever does it. */
  public ThreadGroup threadGroup() {
    return group;
  }

  /** Whether the caller holds the turn. */
  public boolean inLoop() {
    return turn.isHeldByCurrentThread();
  }

  /** Fails if the caller does not hold the turn. */
  public void assertLoop() {
    if (!inLoop()) {
      throw new IllegalStateException(
          "only who has the loop's turn may do this: thread=" + Thread.currentThread().getName());
    }
  }

  /**
   * Runs the command in the loop, in the order of the calls. Any thread may call it. After the
   * loop's end commands run on the caller's thread, one at a time: they find all closed.
   */
  public void execute(Runnable command) {
    commands.add(command);
    if (finished) {
      runLeftover();
    } else {
      ring();
    }
  }

  /**
   * As {@link #execute}, but by the calling thread and at once, if nobody holds the turn. The
   * caller holds no lock that the loop's work takes.
   */
  public void executeHere(Runnable command) {
    commands.add(command);
    if (finished) {
      runLeftover();
    } else if (!inLoop() && !(mayWork() && runHere())) {
      ring();
    }
  }

  /**
   * As {@link #executeHere}, for a platform thread whose stack is as good as empty, as that of a
   * worker's between two tasks: nobody looks how much of it is left.
   *
   * @param soon whether it may wait for a millisecond if nobody leads, since the thread will soon
   *     call this again or lead, so that all is done at once
   */
  public void executeAtBottom(Runnable command, boolean soon) {
    commands.add(command);
    if (finished) {
      runLeftover();
    } else if (soon && lead.isVacant()) {
      lead.stays();
    } else if (!inLoop() && !runHere()) {
      ring();
    }
  }

  /** Whether all is done that was handed over. */
  private boolean runHere() {
    if (!turn.tryLock()) {
      return false;
    }
    boolean changed;
    try {
      runCommands();
      runDeferred();
      sockets.flush();
      changed = sockets.takeChanged();
    } finally {
      turn.unlock();
    }
    return !changed && commands.isEmpty();
  }

  /** Others are told: the leader, or if there is none just now the loop's own thread. */
  private void ring() {
    bell.ring();
    lead.call();
  }

  /** Whether the calling thread can do the loop's work. */
  private static boolean mayWork() {
    return !Thread.currentThread().isVirtual() && StackRoom.isThere();
  }

  /**
   * Waits for what the loop is to bring, and does the loop's work meanwhile if no other thread
   * does.
   *
   * @param done whether it is there; whoever makes that so unparks the calling thread
   * @param limited whether there is a deadline, on {@link System#nanoTime}'s clock
   * @return whether it is there; false at the deadline
   * @throws InterruptedException if the thread is interrupted; its flag is clear then
   */
  public boolean await(BooleanSupplier done, boolean limited, long deadlineNs)
      throws InterruptedException {
    boolean mayLead = !inLoop() && mayWork();
    try {
      while (!done.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long left = limited ? deadlineNs - System.nanoTime() : Timers.NEVER;
        if (left <= 0) {
          return done.getAsBoolean();
        }
        if (mayLead && lead.take() && !stopping) {
          work(done, left);
        } else {
          if (stopping) {
            // The loop's own thread ends it all.
            mayLead = false;
            lead.leave();
          }
          park(done, left);
        }
      }
      return true;
    } finally {
      leave();
    }
  }

  /**
   * As {@link #await}, for what comes in a moment: looks again and again, and serves the sockets if
   * nobody does.
   */
  public boolean spin(BooleanSupplier done, long nanos) {
    long end = System.nanoTime() + nanos;
    if (lead.isVacant() && !inLoop() && mayWork() && lead.takeVacant()) {
      try {
        while (!done.getAsBoolean() && System.nanoTime() - end < 0 && !stopping) {
          work(done, 0);
        }
      } finally {
        leave();
      }
    }
    while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    return done.getAsBoolean();
  }

  /**
   * How many of the frames, the latest first, are below a wait in a loop: whatever they do for it,
   * the thread waits. 0 if it does not.
   */
  public static int framesOfWait(StackTraceElement[] frames) {
    for (int i = frames.length; i > 0; i--) {
      StackTraceElement frame = frames[i - 1];
      if (frame.getClassName().equals(NAME) && WAITS.contains(frame.getMethodName())) {
        return i;
      }
    }
    return 0;
  }

  private void leave() {
    lead.leave();
    if (!commands.isEmpty()) {
      lead.call();
    }
  }

  private void park(BooleanSupplier done, long mostNs) {
    lead.follows(true);
    try {
      if (done.getAsBoolean()) {
        return;
      }
      if (mostNs == Timers.NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, mostNs);
      }
    } finally {
      lead.follows(false);
    }
  }

  /** A round of the loop's work by a thread that leads. */
  private void work(BooleanSupplier done, long mostNs) {
    lock();
    try {
      round(done, mostNs);
      runDeferred();
      sockets.flush();
    } catch (IOException e) {
      // The loop's own thread will find the same.
      stopping = true;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void defer(Runnable command) {
    assertLoop();
    deferred.add(command);
  }

  @Override
  public Timer schedule(long delayNs, Runnable command) {
    assertLoop();
    Timer timer = timers.add(delayNs, command);
    if (timers.isNext(timer)) {
      sockets.selectAnew();
    }
    return timer;
  }

  /** Closes all sockets and ends the thread; waits for it, unless called in the loop. */
  public void stop() {
    stopping = true;
    sockets.wake();
    lead.end();
    if (!thread.isAlive() || inLoop()) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void log(String line) {
    log.accept(line);
  }

  void log(String line, Throwable e) {
    try {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      log.accept(line + ": " + trace);
    } catch (RuntimeException | Error _) {
      // Out of memory, most likely: what is said of it matters less than the loop.
    }
  }

  private void run() {
    BooleanSupplier never = () -> false;
    turn.lock();
    try {
      while (true) {
        if (!lead.isOwn()) {
          turn.unlock();
          try {
            lead.await();
          } finally {
            lock();
          }
        } else if (stopping) {
          // Not before: the selector must not be closed under who leads.
          break;
        } else {
          round(never, Timers.NEVER);
          lead.handOver();
        }
      }
    } catch (IOException e) {
      log.accept("the loop of " + thread.getName() + " failed: " + e);
    } finally {
      shut();
      turn.unlock();
    }
  }

  /** A round of who leads: does what there is to do, rests, and serves the sockets. */
  private void round(BooleanSupplier enough, long mostNs) throws IOException {
    runCommands();
    timers.fire(guard);
    runDeferred();
    sockets.flush();
    sockets.takeChanged();
    if (enough.getAsBoolean()) {
      return;
    }
    rest(Math.min(mostNs, timers.delayNs()));
    sockets.serve(afterEach);
  }

  /** Others may hold the turn meanwhile. */
  private void rest(long mostNs) throws IOException {
    if (mostNs <= 0 || !bell.mayRest(nothingToDo)) {
      sockets.look();
      return;
    }
    turn.unlock();
    try {
      sockets.rest(mostNs);
    } finally {
      lock();
      bell.atWork();
    }
  }

  /** Who holds the turn most often gives it up in a moment. */
  private void lock() {
    for (int i = 0; i < SPINS; i++) {
      if (turn.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    turn.lock();
  }

  private void runCommands() {
    // Bounded, so that a stream of commands does not keep the sockets waiting.
    for (int i = 0; i < 1024; i++) {
      Runnable command = commands.poll();
      if (command == null) {
        return;
      }
      guard(command);
      runDeferred();
    }
  }

  private synchronized void runLeftover() {
    for (Runnable command; (command = commands.poll()) != null; ) {
      guard(command);
    }
  }

  private void runDeferred() {
    for (Runnable command; (command = deferred.poll()) != null; ) {
      guard(command);
    }
  }

  /** A defect in one command must not end the loop: the session would hang without a word. */
  private void guard(Runnable command) {
    try {
      command.run();
    } catch (RuntimeException | Error e) {
      log("an error on the thread " + thread.getName(), e);
    }
  }

  private void shut() {
    try {
      sockets.close();
    } catch (IOException e) {
      log.accept("closing the loop of " + thread.getName() + " failed: " + e);
    }
    runDeferred();
    finished = true;
    runLeftover();
  }
}
