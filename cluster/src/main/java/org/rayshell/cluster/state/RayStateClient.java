package org.rayshell.cluster.state;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of the HTTP API of a Ray cluster's dashboard, which reads and, of a session's code,
 * writes. Tasks show up there about a second after they changed, what is in use some 5 s after.
 *
 * <p>Every method asks the cluster and waits for the answer; each throws a {@link
 * ClusterStateException} if there is none or it is not one of Ray's. Thread-safe.
 */
public final class RayStateClient implements AutoCloseable {
  /** The most tasks that Ray answers with. */
  public static final int MOST_TASKS = 10_000;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofMinutes(10);
  private static final int NODES = 10_000;
  private static final int OK = 200;

  private final URI dashboard;
  private final String token;
  private final HttpClient http;

  /**
   * A client of the dashboard at that address; nothing is asked yet.
   *
   * @param address as the cluster itself knows it: {@code host:port}
   * @param token the cluster's, empty if it has none
   */
  public RayStateClient(String address, String token) {
    dashboard = uri(address);
    this.token = token;
    http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
  }

  private static URI uri(String address) {
    try {
      URI uri = URI.create("http://" + address + "/");
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new ClusterStateException("a dashboard's address is host:port: address=" + address);
  }

  /** Where the page for people is. */
  public URI dashboard() {
    return dashboard;
  }

  /** Which Ray the cluster runs. */
  public ClusterVersion version() {
    Json json = ask("api/version");
    return new ClusterVersion(
        json.text("ray_version"), json.text("ray_commit"), json.text("session_name"));
  }

  /**
   * Tasks of a job, running ones and those that ended.
   *
   * @param jobId in hex digits; empty for those of all jobs
   * @param limit 1 to {@link #MOST_TASKS}
   */
  public ClusterTasks tasks(String jobId, int limit) {
    if (limit < 1 || limit > MOST_TASKS) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST_TASKS + ": limit=" + limit);
    }
    String filter =
        jobId.isEmpty()
            ? ""
            : "&filter_keys=job_id&filter_predicates=%3D&filter_values="
                + URLEncoder.encode(jobId, StandardCharsets.UTF_8);
    Json list = list("tasks", limit, filter);
    return new ClusterTasks(
        list.objects("result").stream().map(ClusterTask::of).toList(),
        list.number("total"),
        list.text("partial_failure_warning"));
  }

  /** The machines, those too that are gone for as long as the cluster remembers them. */
  public List<ClusterNode> nodes() {
    Usage usage = Usage.of(data(ask("api/cluster_status"), "api/cluster_status"));
    return list("nodes", NODES, "").objects("result").stream()
        .map(node -> {
          String id = node.text("node_id");
          return new ClusterNode(
              id,
              node.text("node_ip"),
              node.text("state").equals("ALIVE"),
              node.flag("is_head_node"),
              node.text("state_message"),
              usage.of(id, node.object("resources_total")));
        })
        .toList();
  }

  /** What the nodes that are alive have together, by name. */
  public Map<String, ClusterResource> resources() {
    Map<String, ClusterResource> sum = new LinkedHashMap<>();
    for (ClusterNode node : nodes()) {
      if (node.alive()) {
        node.resources().forEach((name, one) -> sum.merge(name, one, ClusterResource::plus));
      }
    }
    return sum;
  }

  /** The drivers, those too that have ended. */
  public List<ClusterJob> jobs() {
    return list("jobs", NODES, "").objects("result").stream().map(ClusterJob::of).toList();
  }

  /**
   * Gives the head a package, which it keeps as long as a job has it.
   *
   * @param name what {@code gcs://} stands before in a job's environment
   */
  public void upload(String name, Path file) {
    String path = "api/packages/gcs/" + name;
    HttpResponse<String> answer;
    try {
      answer = send(path, UPLOAD, HttpRequest.BodyPublishers.ofFile(file));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
    if (answer.statusCode() != OK) {
      throw new ClusterStateException(
          Refusals.of(dashboard, path, answer.statusCode(), answer.body(), token));
    }
  }

  private Json list(String what, int limit, String more) {
    String path = "api/v0/" + what + "?detail=1&limit=" + limit + more;
    return data(ask(path), path).object("result");
  }

  /** What is in the envelope of an answer. */
  private Json data(Json answer, String path) {
    if (!answer.flag("result")) {
      throw new ClusterStateException(
          "the dashboard at " + dashboard + " refused " + path + ": " + answer.text("msg"));
    }
    return answer.object("data");
  }

  private Json ask(String path) {
    HttpResponse<String> answer = send(path, ANSWER, null);
    int status = answer.statusCode();
    String body = answer.body();
    // What Ray itself refuses has its reason in the usual envelope.
    if (status == OK || body.startsWith("{")) {
      try {
        if (JsonParser.parseString(body) instanceof JsonObject object) {
          return new Json(object);
        }
      } catch (JsonParseException _) {
        // Said below.
      }
    }
    throw new ClusterStateException(Refusals.of(dashboard, path, status, body, token));
  }

  /**
   * Sends a request.
   *
   * @param content what is to be put there; null if something is to be had
   */
  private HttpResponse<String> send(
      String path, Duration patience, HttpRequest.BodyPublisher content) {
    HttpRequest.Builder request = HttpRequest.newBuilder(dashboard.resolve(path)).timeout(patience);
    if (content != null) {
      request.PUT(content);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (HttpConnectTimeoutException e) {
      throw new ClusterStateException(Refusals.unreachable(dashboard, e), e);
    } catch (HttpTimeoutException e) {
      throw new ClusterStateException(Refusals.silent(dashboard, patience), e);
    } catch (IOException e) {
      throw new ClusterStateException(Refusals.unreachable(dashboard, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterStateException("interrupted while asking the dashboard at " + dashboard, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
