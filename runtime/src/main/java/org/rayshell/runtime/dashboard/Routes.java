package org.rayshell.runtime.dashboard;

import org.rayshell.runtime.view.ClusterView;

/** Which path is answered by what. Thread-safe. */
final class Routes {
  private static final String TASK = "/api/v1/tasks/";

  private final ClusterView view;
  private final Host host = new Host();
  private final RayClusterApi cluster;
  private final RayStateApi state;
  private final Events events;

  Routes(ClusterView view) {
    this.view = view;
    this.cluster = new RayClusterApi(view, host);
    this.state = new RayStateApi(view);
    this.events = new Events(view, host);
  }

  /** The stream of changes, {@value Events#PATH}, which is no answer of one piece. */
  Events events() {
    return events;
  }

  /**
   * Answers a request that is allowed.
   *
   * @param prefix what a proxy says that it puts before the path; may be null
   */
  Reply answer(String path, Query query, String prefix) {
    return switch (path) {
      case "/healthz" -> Reply.json(Json.object("status", "ok"));
      case "/api/v1/summary" -> Reply.json(events.summary());
      case "/api/v1/tasks" -> Reply.list(new TaskList(view).answer(query));
      case "/api/v1/functions" -> Reply.list(new FunctionList(view).answer(query));
      case "/api/v1/workers" -> Reply.list(new WorkerList(view, host).answer(query));
      case "/api/v1/objects" -> Reply.list(new ObjectList(view).answer(query));
      case "/api/v1/logs" -> new LogList(view).answer(query);
      case "/api/v1/timeline" -> Reply.list(Timeline.of(view, query));
      case "/api/v1/notebook" -> Reply.json(Json.object("frontEnds", view.frontEnds()));
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
      default -> {
        if (path.startsWith(TASK)) {
          yield new TaskPage(view).answer(path.substring(TASK.length()));
        }
        Reply page = Pages.of(path, prefix);
        yield page != null
            ? page
            : error(path, 404, "not_found", "there is nothing here: path=" + Words.cut(path, 200));
      }
    };
  }

  /** An error in the form that callers of the path expect. */
  static Reply error(String path, int status, String code, String message) {
    boolean rays =
        path.startsWith("/api/") && !path.startsWith("/api/v1/") || path.startsWith("/nodes");
    return (rays ? Reply.rayError(status, message) : Reply.error(status, code, message))
        .forPath(path);
  }
}
