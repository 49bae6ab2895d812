package org.rayshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.rayshell.kernel.channel.Log;

/** A thread that handles requests one after the other and survives whatever they throw. */
final class RequestLoop {
  // Deep recursion in cells is common in teaching; the stack is reserved, not used.
  private static final long STACK_BYTES = 64L << 20;

  private final BlockingQueue<Incoming> queue = new LinkedBlockingQueue<>();
  private final Consumer<Incoming> handler;
  private final Thread thread;

  RequestLoop(String name, Consumer<Incoming> handler) {
    this.handler = handler;
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .stackSize(STACK_BYTES)
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(Incoming incoming) {
    queue.add(incoming);
  }

  /** Takes all that wait, in order, out of the queue. */
  List<Incoming> drain() {
    List<Incoming> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    return waiting;
  }

  private void run() {
    while (true) {
      try {
        handler.accept(queue.take());
      } catch (InterruptedException e) {
        // Meant for a cell that has ended meanwhile.
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  private static void report(Throwable e) {
    try {
      Log.log().error("a request was not handled to its end", e);
    } catch (Throwable _) {
      // No memory to say so: the next request still gets its turn.
    }
  }
}
