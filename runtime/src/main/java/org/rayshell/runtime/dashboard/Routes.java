package org.rayshell.runtime.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rayshell.runtime.view.ClusterView;

/** Which path is answered by what. Thread-safe. */
final class Routes {
  /** A request for the session's end is answered after so long even if there is none yet. */
  private static final int LONGEST_WAIT_SECONDS = 3600;

  private final ClusterView view;
  private final Host host = new Host();
  private final RayClusterApi cluster;
  private final RayStateApi state;
  private final CountDownLatch ended = new CountDownLatch(1);

  Routes(ClusterView view) {
    this.view = view;
    this.cluster = new RayClusterApi(view, host);
    this.state = new RayStateApi(view);
  }

  /** Answers a request that is allowed. */
  Reply answer(String path, Query query) {
    return switch (path) {
      case "/healthz" -> Reply.json(Json.object("status", "ok"));
      case "/api/v1/summary" -> Reply.json(Summary.of(view, host, query));
      case "/api/v1/end" -> Reply.json(awaitEnd());
      case "/api/version" -> Reply.json(cluster.version());
      case "/api/cluster_status" -> Reply.json(cluster.clusterStatus(query));
      case "/nodes" -> Reply.json(cluster.nodes(query));
      case "/api/v0/tasks" -> Reply.json(state.tasks(query));
      case "/api/v0/tasks/summarize" -> Reply.json(state.summarize());
      case "/api/v0/workers" -> Reply.json(state.workers(query));
      case "/api/v0/nodes" -> Reply.json(state.nodes(query));
      case "/api/v0/objects" -> Reply.json(state.objects(query));
      case "/api/v0/jobs" -> Reply.json(state.jobs(query));
      case "/metrics" -> Metrics.of(view, host);
      case "/" -> file("index.html", "text/html");
      case "/dashboard.css" -> file("dashboard.css", "text/css");
      case "/dashboard.js" -> file("dashboard.js", "text/javascript");
      case "/icon.svg" -> file("icon.svg", "image/svg+xml");
      default -> error(path, 404, "not_found", "there is nothing here: path=" + path);
    };
  }

  /** Lets the answer to {@code /api/v1/end} go. */
  void sessionEnds() {
    ended.countDown();
  }

  /** An error in the form that callers of the path expect. */
  static Reply error(String path, int status, String code, String message) {
    boolean rays =
        path.startsWith("/api/") && !path.startsWith("/api/v1/") || path.startsWith("/nodes");
    return (rays ? Reply.rayError(status, message) : Reply.error(status, code, message))
        .forPath(path);
  }

  /**
   * Answers when the session ends. An open page leaves one such request waiting, and so learns of
   * the end even though nobody will answer it afterwards.
   */
  private Object awaitEnd() {
    boolean over = false;
    try {
      over = ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      over = true;
    }
    return Json.object(
        "ended",
        over,
        "at",
        view.now() / 1_000_000,
        "tasks",
        view.tasks().size() + view.tasksDropped(),
        "failed",
        view.tasks().stream().filter(task -> Summary.word(task).equals("failed")).count());
  }

  private static Reply file(String name, String type) {
    try (InputStream in = Routes.class.getResourceAsStream(name)) {
      return new Reply(200, type + "; charset=utf-8", in.readAllBytes(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
