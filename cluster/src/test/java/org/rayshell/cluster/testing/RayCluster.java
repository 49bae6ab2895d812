package org.rayshell.cluster.testing;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rayshell.RayOptions;

/**
 * A Ray cluster on this machine, all of whose nodes are real: for a test's drivers to attach to.
 * Its ports are free ones, so that it disturbs no other cluster. Closing it ends every process of
 * it and removes its files; both happen if this JVM dies, too. A head takes some 7 s to start, and
 * 1 GB of memory. Confined to one thread.
 */
public final class RayCluster implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("ray start --address='([^']+)'");
  private static final Pattern DASHBOARD = Pattern.compile("ADDRESS='(http://[^']+)'");
  private static final long STORE_BYTES = 200_000_000;

  private final RayEnvironment ray = RayEnvironment.get();
  private final Path folder;
  private final String token;
  private final RayNode head;
  private final List<RayNode> others = new ArrayList<>();

  /** A cluster of one node that asks nobody for a token. */
  public static RayCluster start(NodeOptions head) throws IOException {
    return new RayCluster(head, "");
  }

  /** A cluster of one node to which only who shows the token gets. */
  public static RayCluster start(NodeOptions head, String token) throws IOException {
    return new RayCluster(head, token);
  }

  private RayCluster(NodeOptions options, String token) throws IOException {
    this.token = token;
    // The paths of sockets in it end at 107 bytes.
    folder = Files.createTempDirectory(Path.of("/tmp"), "rc");
    try {
      head =
          startNode(
              options,
              "--head",
              "--port=0",
              "--dashboard-host=127.0.0.1",
              "--dashboard-port=0",
              "--ray-client-server-port=" + freePort(),
              "--temp-dir=" + folder);
    } catch (IOException e) {
      deleteFolder();
      throw e;
    }
  }

  /** A node more: with the address of the head, too, if it is on no host of its own. */
  public RayNode addNode(NodeOptions options) throws IOException {
    RayNode node = startNode(options, "--address=" + address());
    others.add(node);
    return node;
  }

  private RayNode startNode(NodeOptions options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("start", "--block"));
    all.addAll(List.of(arguments));
    options.host().ifPresent(host -> all.add("--node-ip-address=" + host.address()));
    all.add("--num-cpus=" + options.cpus());
    all.add("--resources=" + new Gson().toJson(options.resources()));
    all.add("--object-store-memory=" + STORE_BYTES);
    all.add("--dashboard-agent-listen-port=0");
    all.add("--log-style=record");
    all.add("--log-color=false");
    Map<String, String> variables = new LinkedHashMap<>(environment());
    variables.put("PATH", programs(options).toString());
    // Neither the user's token nor anything else of hers counts, and nothing is left there.
    variables.put("HOME", make("home").toString());
    variables.put("TMPDIR", make("tmp").toString());
    variables.put("RAY_USAGE_STATS_ENABLED", "0");
    List<String> enter = options.host().map(Host::enter).orElse(List.of());
    return RayNode.start(ray, folder, enter, all, variables);
  }

  /** A folder with all that workers are started with, and a {@code java} if there is one. */
  private Path programs(NodeOptions options) throws IOException {
    Path programs = Files.createTempDirectory(folder, "bin");
    for (String shell : List.of("bash", "sh")) {
      Files.createSymbolicLink(programs.resolve(shell), Path.of("/bin", shell));
    }
    if (options.jdk().isPresent()) {
      Files.createSymbolicLink(programs.resolve("java"), options.jdk().get().resolve("bin/java"));
    }
    return programs;
  }

  private Path make(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** Where drivers attach: {@code host:port}. */
  public String address() {
    return said(ADDRESS);
  }

  /** What a session on it begins with; it has no dashboard of its own. */
  public RayOptions options() {
    return options(address(), ray.wheel().jar());
  }

  /** The same, for a program that is told where the cluster is and which jar goes with it. */
  public static RayOptions options(String address, Path jar) {
    return RayOptions.create().address(address).rayJar(jar).dashboardPort(0);
  }

  /** The dashboard's root. */
  public URI dashboard() {
    return URI.create(said(DASHBOARD));
  }

  private String said(Pattern what) {
    Matcher found = what.matcher(head.output());
    if (!found.find()) {
      throw new IllegalStateException("no " + what + " in what Ray said: " + head.output());
    }
    return found.group(1);
  }

  /** What has to be in a driver's environment, if anything. */
  public Map<String, String> environment() {
    return token.isEmpty() ? Map.of() : Map.of("RAY_AUTH_MODE", "token", "RAY_AUTH_TOKEN", token);
  }

  /** What it runs on. */
  public RayEnvironment ray() {
    return ray;
  }

  /** The node that was started first. A cluster does not survive its head. */
  public RayNode head() {
    return head;
  }

  /** All its files; logs are in {@code session_latest/logs}. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    for (RayNode node : others.reversed()) {
      node.kill();
    }
    head.kill();
    deleteFolder();
  }

  private void deleteFolder() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
