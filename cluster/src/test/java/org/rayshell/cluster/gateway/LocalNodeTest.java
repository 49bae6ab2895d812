package org.rayshell.cluster.gateway;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.RayException;

class LocalNodeTest {
  private static final String HEAD = "192.0.2.2:6379";

  @TempDir private Path folder;
  private Path processes;
  private Path ray;

  @BeforeEach
  void makeFolders() throws IOException {
    processes = Files.createDirectory(folder.resolve("proc"));
    ray = Files.createDirectory(folder.resolve("ray"));
    Files.writeString(ray.resolve("_version.py"), "version = \"2.60.0\"\n");
    // Others, whose command lines are empty or of something else.
    process(1, "");
    process(2, "bash", "--gcs-address=" + HEAD, "--java_worker_command=");
    Files.createDirectory(processes.resolve("3"));
    Files.createDirectory(processes.resolve("self"));
  }

  private void process(int pid, String... line) throws IOException {
    Path process = Files.createDirectory(processes.resolve(Integer.toString(pid)));
    Files.writeString(process.resolve("cmdline"), String.join("\0", line) + "\0");
  }

  private void raylet(int pid, String head, String java) throws IOException {
    process(
        pid,
        ray.resolve("core/src/ray/raylet/raylet").toString(),
        "--java_worker_command=" + java,
        "--gcs-address=" + head);
  }

  private String refused(String mine) {
    return assertThrows(RayException.class, () -> LocalNode.check(HEAD, mine, processes))
        .getMessage();
  }

  @Test
  void aNodeMustHaveJava() throws IOException {
    raylet(10, "192.0.2.2:6380", "");
    assertDoesNotThrow(() -> LocalNode.check(HEAD, "2.60.0", processes));
    raylet(11, HEAD, "");
    String message = refused("2.60.0");
    assertTrue(message.contains(HEAD + " on this machine was started without Java"), message);
  }

  @Test
  void aNodeMustBeOfTheJarsVersion() throws IOException {
    raylet(10, HEAD, "python setup_worker.py");
    assertDoesNotThrow(() -> LocalNode.check(HEAD, "2.60.0", processes));
    assertDoesNotThrow(() -> LocalNode.check(HEAD, "", processes));
    String message = refused("2.49.2");
    assertTrue(message.contains("runs Ray 2.60.0"), message);
    assertTrue(message.contains("the jar of Ray 2.49.2"), message);
    Files.delete(ray.resolve("_version.py"));
    assertDoesNotThrow(() -> LocalNode.check(HEAD, "2.49.2", processes));
  }

  @Test
  void withoutProcessesNothingIsKnown() {
    assertDoesNotThrow(() -> LocalNode.check(HEAD, "2.60.0", folder.resolve("none")));
  }
}
