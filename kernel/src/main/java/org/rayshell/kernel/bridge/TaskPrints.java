package org.rayshell.kernel.bridge;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceText;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.runtime.DriverHooks.TaskOutput;

/**
 * What tasks print, on its way to the cells that submitted them: stack traces in terms of cells,
 * repeats folded, not too much at once. Thread-safe: its own lock, held while a cell takes text,
 * which is what holds back tasks that print too fast.
 */
final class TaskPrints implements AutoCloseable {
  private static final String SWITCH = "RAY_DEDUP_LOGS";
  private static final String NOTE =
      " (alike lines of several workers are folded; System.setProperty(\"RAY_DEDUP_LOGS\", \"0\"),"
          + " or that in the kernel's environment, shows them all)";
  private static final long IDLE_SECONDS = 5;

  private final CellTrace trace;
  private final CellRecords cells;
  private final Map<Stream, TraceText> traces = new ConcurrentHashMap<>();
  private final Set<CellPrints> waiting = new HashSet<>();
  private final ScheduledThreadPoolExecutor later;

  /** A first look that takes no lock: what gets values comes by here each time. */
  private volatile boolean holds;

  private ScheduledFuture<?> timer;
  private boolean noted;

  private record Stream(long pid, boolean stderr) {}

  TaskPrints(CellTrace trace, CellRecords cells) {
    this.trace = trace;
    this.cells = cells;
    later =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("kernel-task-output")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());
    later.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    later.allowCoreThreadTimeOut(true);
    later.setRemoveOnCancelPolicy(true);
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** A task of that cell's has printed a line; the record is null if the cell is not known. */
  void print(TaskOutput output, CellRecord record) {
    String text =
        traces
            .computeIfAbsent(new Stream(output.pid(), output.stderr()), _ -> new TraceText(trace))
            .line(output.line());
    if (text == null) {
      return;
    }
    TaskOutput shown =
        new TaskOutput(output.cell(), output.function(), output.pid(), output.stderr(), text);
    if (record == null) {
      Cell cell = CurrentCell.get();
      if (cell != null) {
        cell.stream(output.stderr(), CellPrints.text(new RepeatFold.Line(shown, 1), ""));
      }
      return;
    }
    synchronized (this) {
      long now = System.nanoTime();
      CellPrints prints = record.prints(() -> new CellPrints(record, cells, this::note, now));
      prints.add(shown, folds(), now);
      prints.send(now, false, false);
      waits(prints, now);
      plan(now);
    }
  }

  private static boolean folds() {
    String environment = System.getenv(SWITCH);
    return !"0".equals(System.getProperty(SWITCH, environment == null ? "1" : environment));
  }

  private String note() {
    String note = noted ? "" : NOTE;
    noted = true;
    return note;
  }

  private void waits(CellPrints prints, long now) {
    if (prints.holds(now)) {
      waiting.add(prints);
    } else {
      waiting.remove(prints);
    }
    holds = !waiting.isEmpty();
  }

  private void plan(long now) {
    long wait = waiting.stream().mapToLong(each -> each.due(now)).min().orElse(Long.MAX_VALUE);
    boolean planned =
        timer != null && !timer.isDone() && timer.getDelay(TimeUnit.NANOSECONDS) <= wait;
    if (wait == Long.MAX_VALUE || planned || later.isShutdown()) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timer = later.schedule(this::sendDue, wait, TimeUnit.NANOSECONDS);
  }

  private synchronized void sendDue() {
    timer = null;
    send(false, false);
  }

  /** Shows the lines that are held back: none comes after its task's result. */
  void flush() {
    if (holds) {
      send(true, false);
    }
  }

  /** Shows all that is held back. */
  void flushAll() {
    if (holds) {
      send(true, true);
    }
  }

  private synchronized void send(boolean all, boolean last) {
    long now = System.nanoTime();
    for (CellPrints each : Set.copyOf(waiting)) {
      each.send(now, all, last);
      waits(each, now);
    }
    plan(now);
  }

  @Override
  public void close() {
    flushAll();
    later.shutdownNow();
  }
}
