package org.rayshell.runtime.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.rayshell.runtime.view.ClusterView;
import org.rayshell.runtime.view.TaskChanges;

/**
 * {@code /api/v1/events}: what changes, as server-sent events, to each reader on the thread of its
 * request. Nothing is computed while nobody reads; a summary is made once for all readers.
 * Thread-safe: one lock, held while the views are read for a summary.
 *
 * <p>Events: {@code summary} at most four times a second when something changed, else once a second
 * (which is also how a reader that went away is noticed); {@code tasks}, those that changed; {@code
 * workers}; {@code end}, the last one, when the session ends; {@code full}, to the oldest reader
 * when there are too many. Their {@code id} is how many changes of tasks there had been: whoever
 * comes back with it, as {@code Last-Event-ID} or {@code after}, gets the tasks that changed
 * meanwhile.
 */
final class Events {
  static final String PATH = "/api/v1/events";

  /** A browser opens six connections to a server, and each page needs one more than its stream. */
  static final int MOST_READERS = 4;

  static final int MOST_TASKS = 200;

  private static final int FASTEST_MS = 250;
  private static final int SLOWEST_MS = 60_000;
  private static final long QUIET_NS = 1_000_000_000L;
  private static final List<String> KINDS = List.of("summary", "tasks", "workers");

  private final ClusterView view;
  private final Host host;
  private final Deque<Reader> readers = new ArrayDeque<>();
  private String ended;
  private Summary latest;
  private long latestAt;
  private long latestVersion;

  Events(ClusterView view, Host host) {
    this.view = view;
    this.host = host;
  }

  /** The last word to a reader, when there is one. */
  private record Reader(LinkedBlockingQueue<String> word) {
    Reader() {
      this(new LinkedBlockingQueue<>());
    }
  }

  /** The summary, a quarter of a second old at most. */
  synchronized Summary summary() {
    long now = System.nanoTime();
    long version = view.version();
    boolean fresh = version == latestVersion && now - latestAt < QUIET_NS / 2;
    if (latest == null || !fresh && now - latestAt >= FASTEST_MS * 900_000L) {
      latest = Summary.of(view, host);
      latestAt = now;
      latestVersion = version;
    }
    return latest;
  }

  /** Tells all readers that the session has ended, and those to come. */
  void sessionEnds() {
    String end = event("end", null, Summary.of(view, host));
    synchronized (this) {
      ended = end;
      readers.forEach(reader -> reader.word.add(end));
    }
  }

  /** How many read. */
  synchronized int readers() {
    return readers.size();
  }

  /** Sends what changes until the reader goes or the session ends. */
  void serve(HttpExchange exchange, Query query) throws IOException {
    int every = query.number("every", FASTEST_MS, FASTEST_MS, SLOWEST_MS);
    Set<String> kinds = kinds(query);
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    long after = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : -1;
    after = query.number("after", (int) Math.min(after, Integer.MAX_VALUE), -1, Integer.MAX_VALUE);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream; charset=utf-8");
    headers.set("X-Accel-Buffering", "no");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    Reader reader = enter();
    try {
      new Sending(exchange.getResponseBody(), kinds, after).run(reader, every);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      leave(reader);
    }
  }

  private static Set<String> kinds(Query query) {
    String of = query.given("of");
    List<String> kinds = of == null ? KINDS : List.of(of.split(","));
    for (String kind : kinds) {
      if (!KINDS.contains(kind)) {
        throw new Query.BadRequest(
            "of names some of " + String.join(", ", KINDS) + ", with commas: of=" + of);
      }
    }
    return Set.copyOf(kinds);
  }

  private synchronized Reader enter() {
    Reader reader = new Reader();
    readers.add(reader);
    if (ended != null) {
      reader.word.add(ended);
    } else if (readers.size() > MOST_READERS) {
      readers.removeFirst().word.add(event("full", null, Json.object("readers", MOST_READERS)));
    }
    return reader;
  }

  private synchronized void leave(Reader reader) {
    readers.remove(reader);
  }

  private static String event(String name, Long id, Object data) {
    return (id == null ? "" : "id: " + id + "\n")
        + "event: "
        + name
        + "\ndata: "
        + Json.text(data)
        + "\n\n";
  }

  /** What one reader has got. Confined to its thread. */
  private final class Sending {
    private final OutputStream out;
    private final Set<String> kinds;
    private long told;
    private long version = -1;
    private long sentAt;
    private String workers = "";

    Sending(OutputStream out, Set<String> kinds, long after) {
      this.out = out;
      this.kinds = kinds;
      // One of an earlier session knows more than there is.
      long now = view.taskChanges(Long.MAX_VALUE, 0).upTo();
      told = after < 0 || after > now ? now : after;
    }

    void run(Reader reader, int everyMs) throws IOException, InterruptedException {
      String word = null;
      while (word == null) {
        long now = view.version();
        if (now != version
            || System.nanoTime() - sentAt >= Math.max(QUIET_NS, everyMs * 900_000L)) {
          version = now;
          sentAt = System.nanoTime();
          send();
        }
        word = reader.word.poll(everyMs, TimeUnit.MILLISECONDS);
      }
      write(word);
    }

    private void send() throws IOException {
      StringBuilder text = new StringBuilder();
      TaskChanges changes = view.taskChanges(told, kinds.contains("tasks") ? MOST_TASKS : 0);
      told = changes.upTo();
      if (kinds.contains("summary")) {
        text.append(event("summary", told, summary()));
      }
      if (!changes.tasks().isEmpty()) {
        long now = view.now();
        Object rows = changes.tasks().stream().map(task -> TaskRow.of(task, view, now)).toList();
        text.append(event("tasks", told, Json.object("tasks", rows, "missed", changes.missed())));
      }
      if (kinds.contains("workers")) {
        List<WorkerList.Row> rows = new WorkerList(view, host).rows();
        String states =
            rows.stream().map(row -> row.id() + row.state() + row.tasks()).toList().toString();
        if (!states.equals(workers)) {
          workers = states;
          text.append(event("workers", told, Page.of("workers", rows, NO_QUERY, row -> row)));
        }
      }
      write(text.isEmpty() ? ": nothing new\n\n" : text.toString());
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static final Query NO_QUERY = Query.parse(null);
}
