package org.rayshell.kernel.bridge;

import org.rayshell.kernel.display.Errors;
import org.rayshell.kernel.eval.CellTrace;

/**
 * Where a cell submits its tasks, found on the stack of who submits. That takes some microseconds,
 * so of a cell that submits very many not all are looked at: the first hundred are, then as many as
 * take a hundredth of the time. Thread-safe: its own lock, a leaf.
 */
final class CallSites {
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final int ALWAYS = 100;
  private static final int ONE_OF = 100;

  /** What lies deeper is not looked at. */
  private static final int FRAMES = 100;

  private final String label;
  private final long since;
  private long looked;
  private long spentNs;

  /** None yet, of the cell of that name, which begins at that time of {@link System#nanoTime}. */
  CallSites(String label, long since) {
    this.label = label;
    this.since = since;
  }

  /** Where the calling thread submits, {@link Errors#place}; null if it was not looked at. */
  String find(CellTrace trace) {
    long began = System.nanoTime();
    if (!mayLook(began)) {
      return null;
    }
    StackTraceElement frame =
        WALKER.walk(frames ->
            frames
                .limit(FRAMES)
                .filter(each -> CellTrace.isOfSession(each.getClassName()))
                .map(each -> trace.ofCell(each.toStackTraceElement()))
                .filter(each -> each != null)
                .findFirst()
                .orElse(null));
    looked(System.nanoTime() - began);
    return frame == null || frame.getLineNumber() < 0 ? null : Errors.place(frame, label);
  }

  /** Whether one more call is worth a look. */
  synchronized boolean mayLook(long now) {
    return looked++ < ALWAYS || spentNs < (now - since) / ONE_OF;
  }

  /** A look took so long. */
  synchronized void looked(long tookNs) {
    spentNs += tookNs;
  }
}
