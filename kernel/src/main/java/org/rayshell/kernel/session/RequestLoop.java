package org.rayshell.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.rayshell.kernel.channel.HeapReserve;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.wire.Header;

/** A thread that handles requests one after the other and survives whatever they throw. */
final class RequestLoop {
  // Deep recursion in cells is common in teaching; the stack is reserved, not used.
  private static final long STACK_BYTES = 64L << 20;

  private static final Incoming END = new Incoming(null, null);

  private final BlockingQueue<Incoming> queue = new LinkedBlockingQueue<>();
  private final BiConsumer<RequestLoop, Incoming> handler;
  private final Thread thread;

  /** The handler gets the loop too. */
  RequestLoop(String name, BiConsumer<RequestLoop, Incoming> handler) {
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

  /** Lets the thread end when it has handled what waits now; nothing may be added after this. */
  void end() {
    queue.add(END);
  }

  /** Takes all that wait, in order, out of the queue. */
  List<Incoming> drain() {
    List<Incoming> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    if (waiting.remove(END)) {
      queue.add(END);
    }
    return waiting;
  }

  /** Whether the same front end has sent another request of the type meanwhile. */
  boolean hasLater(Incoming handled) {
    Header header = handled.message().header();
    for (Incoming each : queue) {
      if (each != END
          && each.message().header().type().equals(header.type())
          && each.message().header().session().equals(header.session())) {
        return true;
      }
    }
    return false;
  }

  private void run() {
    while (true) {
      try {
        Incoming next = queue.take();
        if (next == END) {
          return;
        }
        handler.accept(this, next);
      } catch (InterruptedException e) {
        // Meant for a cell that has ended meanwhile.
      } catch (Throwable e) {
        HeapReserve.release(e);
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
