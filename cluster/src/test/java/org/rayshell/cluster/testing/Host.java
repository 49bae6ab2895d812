package org.rayshell.cluster.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine more, as far as a cluster can tell: network and files of its own, by namespaces of
 * Linux. It has an address that only the hosts of one test reach, and some of this machine's
 * folders are empty on it. Needs root and {@code ip}. It is gone when it is closed, or this JVM
 * dies, and its processes have ended. Thread-safe.
 */
public final class Host implements AutoCloseable {
  /** The network interface of each host. Set down, what is sent is lost, and nobody is told. */
  public static final String CABLE = "cable";

  /** Against hangs only. */
  private static final int SAFETY_SECONDS = 30;

  /** Its folders' names are arguments; it stays until its input ends. */
  private static final String HOLD =
      "set -e; mount --make-rprivate /; for each; do mount -t tmpfs rayshell-host \"$each\"; done;"
          + " ip link set lo up; echo up; read -r _ || true";

  private final String address;
  private final Process holder;

  private Host(String address, Process holder) {
    this.address = address;
    this.holder = holder;
  }

  /** Whether this process may have hosts. */
  public static boolean canBe() {
    return System.getProperty("user.name").equals("root")
        && Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ip")));
  }

  /**
   * Two hosts with a cable between them.
   *
   * @param hidden folders of this machine that are empty on the second
   */
  public static List<Host> two(List<Path> hidden) throws IOException {
    Host first = start("10.77.0.1", List.of());
    try {
      Host second = start("10.77.0.2", hidden);
      try {
        String far = Long.toString(second.holder.pid());
        first.run("ip", "link", "add", CABLE, "type", "veth", "peer", CABLE, "netns", far);
        first.plugIn();
        second.plugIn();
        return List.of(first, second);
      } catch (IOException e) {
        second.close();
        throw e;
      }
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  private static Host start(String address, List<Path> hidden) throws IOException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("unshare", "--net", "--mount", "bash", "-c", HOLD, "bash"));
    hidden.forEach(folder -> line.add(folder.toString()));
    Process holder = new ProcessBuilder(line).redirectErrorStream(true).start();
    BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
    String first = said.readLine();
    if (!"up".equals(first)) {
      holder.destroyForcibly();
      throw new IOException("no host: " + first);
    }
    return new Host(address, holder);
  }

  private void plugIn() throws IOException {
    run("ip", "address", "add", address + "/24", "dev", CABLE);
    run("ip", "link", "set", CABLE, "up");
  }

  /** Where the others reach it. */
  public String address() {
    return address;
  }

  /** What stands before a command line that is to run there. */
  List<String> enter() {
    return List.of("nsenter", "--net", "--mount", "--target", Long.toString(holder.pid()), "--");
  }

  private void run(String... command) throws IOException {
    List<String> line = new ArrayList<>(enter());
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (awaitEnd(process) != 0) {
      throw new IOException(String.join(" ", line) + ": " + said);
    }
  }

  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
    awaitEnd(holder);
  }

  private static int awaitEnd(Process process) throws IOException {
    try {
      assertTrue(process.waitFor(SAFETY_SECONDS, TimeUnit.SECONDS), "it does not end");
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
