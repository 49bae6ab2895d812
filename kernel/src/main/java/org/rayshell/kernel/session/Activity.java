package org.rayshell.kernel.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The cells that run, one a shell at most, and their interruption. Thread-safe. */
final class Activity {
  private final EngineHost host;
  private final Stdin stdin;
  // Guarded by this: an interrupt never reaches a later cell than those it was meant for.
  private final Set<RequestCell> running = new HashSet<>();
  private int handled;

  Activity(EngineHost host, Stdin stdin) {
    this.host = host;
    this.stdin = stdin;
  }

  /** A request for a cell begins or ends to be handled, from busy to idle. */
  synchronized void handles(boolean begins) {
    handled += begins ? 1 : -1;
    notifyAll();
  }

  /** Waits until no request for a cell is handled, or until it takes too long. */
  synchronized void awaitHandled(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis();
          handled > 0 && left > 0;
          left = (deadline - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void begin(RequestCell cell) {
    running.add(cell);
  }

  synchronized void end(RequestCell cell) {
    running.remove(cell);
    // The engine may have interrupted this thread just as the cell ended by itself.
    Thread.interrupted();
  }

  /** Ends all cells that run, and what runs beside them; nothing if nothing does. */
  synchronized void interrupt() {
    // First: the engine may not hear of a cell that is about to begin there.
    running.forEach(RequestCell::interrupt);
    Engine engine = host.engineNow();
    if (engine != null) {
      engine.interrupt();
    }
    stdin.interrupt();
  }
}
