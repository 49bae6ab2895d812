package org.rayshell.kernel.session;

/** The cell that runs, and its interruption. Thread-safe. */
final class Activity {
  private final EngineHost host;
  private final Stdin stdin;
  // Guarded by this: an interrupt never reaches a later cell than the one it was meant for.
  private RequestCell cell;
  private boolean interrupted;

  Activity(EngineHost host, Stdin stdin) {
    this.host = host;
    this.stdin = stdin;
  }

  synchronized void begin(RequestCell next) {
    cell = next;
    interrupted = false;
  }

  synchronized void end() {
    cell = null;
    // The engine may have interrupted this thread just as the cell ended by itself.
    Thread.interrupted();
  }

  /** Whether an interrupt came before the engine was there to hear it. */
  synchronized boolean interruptedEarly() {
    return interrupted;
  }

  /** Ends the cell that runs; nothing if none does. */
  synchronized void interrupt() {
    if (cell == null) {
      return;
    }
    Engine engine = host.engineNow();
    if (engine == null) {
      interrupted = true;
    } else {
      engine.interrupt();
    }
    stdin.interrupt();
  }
}
