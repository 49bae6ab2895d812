package org.rayshell.kernel.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rayshell.kernel.channel.Log;
import org.rayshell.kernel.session.History;
import org.rayshell.kernel.session.MemoryHistory;

/**
 * A history in a file. Cells are written behind, a while after they ran, so that they do not wait
 * for the disk, nor a kernel's first cell for SQLite. What cannot be kept is known until the kernel
 * ends, and the log says why. Thread-safe.
 */
public final class StoredHistory implements History {
  private static final long DELAY_MILLIS = 1_000;

  private final Path file;
  private final ScheduledExecutorService writer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform()
              .name("kernel-history")
              .daemon()
              .inheritInheritableThreadLocals(false)
              .factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private record Cell(int line, String input, String output) {}

  // Guarded by itself, and never held while the file is used.
  private final List<Cell> waiting = new ArrayList<>();
  // Guarded by this.
  private HistoryStore store;
  private History instead;
  private boolean closed;

  /** Opens the file when it is first needed, and makes it if it is not there. */
  public StoredHistory(Path file) {
    this.file = file;
  }

  @Override
  public void add(int line, String input, String output) {
    synchronized (waiting) {
      waiting.add(new Cell(line, input, output));
      if (waiting.size() > 1) {
        return;
      }
    }
    writer.schedule(this::write, DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void write() {
    List<Cell> cells;
    synchronized (waiting) {
      cells = List.copyOf(waiting);
      waiting.clear();
    }
    if (cells.isEmpty() || closed) {
      return;
    }
    try {
      if (instead == null) {
        HistoryStore open = store();
        open.transaction(() -> {
          for (Cell cell : cells) {
            open.add(cell.line(), cell.input(), cell.output());
          }
        });
        return;
      }
    } catch (Exception | LinkageError e) {
      giveUp(e);
    }
    cells.forEach(cell -> instead.add(cell.line(), cell.input(), cell.output()));
  }

  private HistoryStore store() throws Exception {
    if (store == null) {
      store = HistoryStore.open(file);
    }
    return store;
  }

  private void giveUp(Throwable e) {
    Log.log().warn("the history is not kept in {}: {}", file, e.toString());
    if (store != null) {
      store.close();
      store = null;
    }
    instead = new MemoryHistory();
  }

  private interface Question {
    List<Entry> ask(HistoryStore open) throws Exception;
  }

  /** Asks the file, or what stands for it. */
  private synchronized List<Entry> ask(
      Question question, java.util.function.Function<History, List<Entry>> otherwise) {
    write();
    try {
      if (instead == null && !closed) {
        return question.ask(store());
      }
    } catch (Exception | LinkageError e) {
      giveUp(e);
    }
    return closed ? List.of() : otherwise.apply(instead);
  }

  @Override
  public List<Entry> range(int session, int start, int stop) {
    return ask(s -> s.range(session, start, stop), h -> h.range(session, start, stop));
  }

  @Override
  public List<Entry> tail(int n) {
    return ask(s -> s.tail(n), h -> h.tail(n));
  }

  @Override
  public List<Entry> search(String pattern, int n, boolean unique) {
    return ask(s -> s.search(pattern, n, unique), h -> h.search(pattern, n, unique));
  }

  /** Writes what waits and closes the file. */
  @Override
  public synchronized void close() {
    write();
    closed = true;
    writer.shutdownNow();
    if (store != null) {
      store.end();
      store.close();
      store = null;
    }
  }
}
