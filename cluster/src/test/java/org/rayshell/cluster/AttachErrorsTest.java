package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.Ray;
import org.rayshell.RayException;
import org.rayshell.RayOptions;
import org.rayshell.cluster.testing.NodeOptions;
import org.rayshell.cluster.testing.RayCluster;
import org.rayshell.cluster.testing.RayEnvironment;
import org.rayshell.cluster.testing.SessionDriver;
import org.rayshell.cluster.testing.SessionsLeft;
import org.rayshell.cluster.testing.SharedCluster;

/** Clusters that a session cannot attach to: Ray.init says which, why, and what to do. */
@EnabledOnOs(OS.LINUX)
@ExtendWith({SharedCluster.class, SessionsLeft.class})
class AttachErrorsTest {
  private static final String TOKEN = "a-token-for-tests-of-32-characters";
  private static final int OURS = Runtime.version().feature();

  private static RayOptions options(String address) throws IOException {
    return RayCluster.options(address, RayEnvironment.get().wheel().jar());
  }

  private static String refused(RayOptions options) {
    RayException e = assertThrows(RayException.class, () -> Ray.init(options));
    assertFalse(Ray.isInitialized());
    return e.getMessage();
  }

  private static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message + "\nlacks: " + part);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    assertSays(
        refused(options(address)),
        "no Ray cluster answers at " + address + ": Connection refused",
        "ray start --head");
  }

  @Test
  void noSuchMachine() throws Exception {
    assertSays(
        refused(options("no-such-machine.invalid:6379")),
        "no Ray cluster answers at no-such-machine.invalid:6379",
        "no machine of that name is known");
  }

  /** Ray itself gives up after some 40 s. */
  @Test
  @Tag("campaign")
  void whatListensIsNoHead() throws Exception {
    // It takes connections, and never says a word.
    try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + other.getLocalPort();
      assertSays(
          refused(options(address)),
          "what listens at " + address + " does not answer as the head of a Ray cluster does");
    }
  }

  @Test
  void workersWithAnOlderJava(RayCluster cluster) throws Exception {
    Optional<Path> older = olderJdk();
    assumeTrue(older.isPresent(), "no JDK older than " + OURS + " in /usr/lib/jvm");
    assertSays(
        refused(options(cluster.address()).workerJavaHome(older.get().toString())),
        "workers run Java " + version(older.get()) + " (" + older.get().toRealPath() + ")",
        "this session's Java " + OURS,
        "RayOptions.workerJavaHome");
  }

  private static Optional<Path> olderJdk() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> Files.isRegularFile(home.resolve("release")))
          .filter(home -> Runtime.Version.parse(version(home)).feature() < OURS)
          .findFirst();
    }
  }

  private static String version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tokens(@TempDir Path home) throws Exception {
    assumeTrue(RayEnvironment.get().hasTokens(), "Ray before 2.52 lets everybody in");
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1), TOKEN)) {
      String none = attach(cluster, home, Map.of());
      assertSays(
          none,
          "the cluster at " + cluster.address() + " lets in only who shows its token",
          "RAY_AUTH_MODE=token");
      String missing = attach(cluster, home, Map.of("RAY_AUTH_MODE", "token"));
      assertSays(missing, "there is no token for the cluster at " + cluster.address());
      String wrong =
          attach(cluster, home, Map.of("RAY_AUTH_MODE", "token", "RAY_AUTH_TOKEN", "X" + TOKEN));
      assertSays(
          wrong,
          "the cluster at " + cluster.address() + " does not know this token",
          "RAY_AUTH_TOKEN");
      assertEquals("42\n", attach(cluster, home, cluster.environment()));
      Path file =
          Files.writeString(
              Files.createDirectory(home.resolve(".ray")).resolve("auth_token"), TOKEN);
      assertEquals("42\n", attach(cluster, home, Map.of("RAY_AUTH_MODE", "token")), file::toString);
    }
  }

  private static String attach(RayCluster cluster, Path home, Map<String, String> variables)
      throws Exception {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put("HOME", home.toString());
    return SessionDriver.run(
        Attaches.class, all, cluster.address(), cluster.ray().wheel().jar().toString());
  }

  /** Prints what a task returns, or why there is no session. */
  static final class Attaches {
    private Attaches() {}

    public static void main(String[] arguments) {
      try {
        Ray.init(RayCluster.options(arguments[0], Path.of(arguments[1])));
        System.out.println(Ray.get(Ray.task(Jobs::twice, 21).remote()));
      } catch (RayException e) {
        System.out.println(e.getMessage());
      } finally {
        Ray.shutdown();
      }
    }
  }

  @Test
  void nodesThatWereStartedWithoutJava() throws Exception {
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1).withoutJava())) {
      assertSays(
          refused(options(cluster.address())),
          "the node of the cluster at " + cluster.address() + " on this machine",
          "was started without Java",
          "on the PATH");
      // It is there still.
      assertSays(cluster.head().output(), "ray start --address=");
      assertSays(refused(options(cluster.address())), "was started without Java");
    }
  }

  /** A minute, after which it is certain that there is none. */
  @Test
  @Tag("campaign")
  void nodesThatHaveLostTheirJava(@TempDir Path jdk) throws Exception {
    Path java = Files.createDirectory(jdk.resolve("bin")).resolve("java");
    Files.createSymbolicLink(java, Path.of(System.getProperty("java.home"), "bin", "java"));
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(1).jdk(jdk))) {
      Files.delete(java);
      assertSays(
          refused(options(cluster.address()).workerJavaHome("/no/such/jdk")),
          "no Java worker of the cluster came up",
          "is there a JDK " + OURS,
          "RayOptions.workerJavaHome");
    }
  }

  @Test
  @Tag("campaign")
  void aJarOfAnotherVersion(RayCluster cluster) throws Exception {
    String version = cluster.ray().wheel().version();
    String other = version.equals("2.49.2") ? "2.48.0" : "2.49.2";
    RayOptions drifted = options(cluster.address()).rayJar(RayEnvironment.of(other).wheel().jar());
    assertSays(
        refused(drifted),
        "runs Ray " + version,
        "the jar of Ray " + other,
        "RayOptions.rayJar",
        "'ray[default]==" + version + "'");
  }
}
