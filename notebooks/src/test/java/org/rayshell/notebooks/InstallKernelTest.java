package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code install/kernel}: what it leaves, takes away, and says when it cannot. */
class InstallKernelTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    // Builds, where that is due.
    InstalledKernel.prefix();
    sandbox = new Sandbox("install-kernel");
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Outcome install(Object... arguments) throws IOException {
    Object[] command = new Object[arguments.length + 1];
    command[0] = Project.script("kernel");
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return sandbox.run(command);
  }

  @Test
  void kernelspecIsWhole() throws IOException {
    Path spec = InstalledKernel.spec();
    JsonObject json =
        JsonParser.parseString(Files.readString(spec.resolve("kernel.json"))).getAsJsonObject();
    assertEquals("Java (RayShell)", json.get("display_name").getAsString());
    assertEquals("java", json.get("language").getAsString());
    assertEquals("message", json.get("interrupt_mode").getAsString());
    List<String> argv =
        json.getAsJsonArray("argv").asList().stream().map(e -> e.getAsString()).toList();
    assertTrue(Path.of(argv.getFirst()).isAbsolute(), argv::toString);
    assertTrue(Files.isExecutable(Path.of(argv.getFirst())), argv::toString);
    assertEquals("{connection_file}", argv.getLast());
    for (String file : List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg")) {
      assertTrue(Files.size(spec.resolve(file)) > 0, file);
    }
    Path version = onlyVersion(spec);
    for (String file : List.of("kernel.aot", "worker.aot")) {
      assertTrue(Files.size(version.resolve(file)) > 0, file);
    }
    assertTrue(argv.contains("-XX:AOTCache=" + version.resolve("kernel.aot")), argv::toString);
    assertTrue(
        argv.contains("-Drayshell.worker.aot=" + version.resolve("worker.aot")), argv::toString);
    for (String jar : argv.get(argv.indexOf("-cp") + 1).split(":")) {
      assertTrue(Files.isRegularFile(Path.of(jar)), jar);
      assertEquals(version.resolve("lib"), Path.of(jar).getParent());
    }
    try (var hidden = Files.list(spec.getParent())) {
      assertEquals(List.of(spec), hidden.toList());
    }
  }

  private static Path onlyVersion(Path spec) throws IOException {
    try (var entries = Files.list(spec)) {
      List<Path> folders = entries.filter(Files::isDirectory).toList();
      assertEquals(1, folders.size(), folders::toString);
      return folders.getFirst();
    }
  }

  @Test
  void cachesAreOfUseToTheirJvm() throws IOException {
    List<String> argv =
        JsonParser.parseString(Files.readString(InstalledKernel.spec().resolve("kernel.json")))
            .getAsJsonObject()
            .getAsJsonArray("argv")
            .asList()
            .stream()
            .map(e -> e.getAsString())
            .toList();
    List<Object> command = new java.util.ArrayList<>(argv);
    // Refuses to start on a cache that does not fit; without a connection file the kernel ends.
    command.add(1, "-XX:AOTMode=on");
    command.removeLast();
    Outcome outcome = sandbox.run(command.toArray());
    assertTrue(outcome.onlyLine().startsWith("usage:"), outcome::toString);
  }

  @Test
  void installsForTheUserReplacesAndLeavesNothing() throws IOException {
    Path data = sandbox.folder().resolve("my data");
    sandbox.with("JUPYTER_DATA_DIR", data.toString());
    install("--user").succeeded();
    Path spec = data.resolve("kernels/rayshell");
    Path former = onlyVersion(spec);
    Files.writeString(spec.resolve("leftover"), "of an older version");
    install("--user").succeeded();
    assertTrue(Files.exists(spec.resolve("kernel.json")));
    assertFalse(Files.exists(spec.resolve("leftover")));
    assertNotEquals(former, onlyVersion(spec));
    install("--user", "--uninstall").succeeded();
    assertFalse(Files.exists(data), "folders left behind");
    assertTrue(
        install("--user", "--uninstall").succeeded().onlyLine().startsWith("Nothing is installed"));
  }

  @Test
  void removesWhatAKilledInstallationLeft() throws IOException {
    Path killed = sandbox.make("prefix/share/jupyter/kernels/rayshell/version-1/lib");
    Files.writeString(killed.resolve("some.jar"), "half of it");
    install("--prefix", sandbox.folder().resolve("prefix"), "--uninstall").succeeded();
    assertFalse(Files.exists(killed.getParent().getParent()));
  }

  @Test
  void uninstallSparesWhatItDidNotMake() throws IOException {
    Path prefix = sandbox.make("prefix");
    Path other = sandbox.make("prefix/share/jupyter/kernels/other");
    install("--prefix", prefix).succeeded();
    install("--prefix", prefix, "--uninstall").succeeded();
    try (var left = Files.list(other.getParent())) {
      assertEquals(List.of(other), left.toList());
    }
  }

  @Test
  void refusesAForeignKernelspec() throws IOException {
    Path foreign = sandbox.make("prefix/share/jupyter/kernels/rayshell");
    Files.writeString(foreign.resolve("kernel.json"), "{\"argv\": [\"other\"]}");
    for (List<String> extra : List.of(List.<String>of(), List.of("--uninstall"))) {
      Outcome outcome =
          extra.isEmpty()
              ? install("--prefix", sandbox.folder().resolve("prefix"))
              : install("--prefix", sandbox.folder().resolve("prefix"), extra.getFirst());
      assertEquals(1, outcome.code(), outcome::toString);
      assertTrue(outcome.onlyLine().contains("was not made by RayShell"), outcome::toString);
    }
    assertEquals("{\"argv\": [\"other\"]}", Files.readString(foreign.resolve("kernel.json")));
  }

  @Test
  void saysThatAPlaceCannotBeWritten() throws IOException {
    Path file = Files.writeString(sandbox.folder().resolve("file"), "");
    for (Path prefix : List.of(Path.of("/proc/nowhere"), file)) {
      Outcome outcome = install("--prefix", prefix);
      assertEquals(1, outcome.code(), outcome::toString);
      assertTrue(outcome.onlyLine().contains("cannot install in " + prefix), outcome::toString);
    }
  }

  @Test
  void saysWhatIsWrongOnTheCommandLine() throws IOException {
    assertTrue(install("--help").succeeded().output().contains("--sys-prefix"));
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("--prefix"),
            List.of("--user", "--sys-prefix"),
            List.of("--nonsense"),
            List.of("--uninstall"))) {
      Outcome outcome = install(wrong.toArray());
      assertEquals(2, outcome.code(), outcome::toString);
      assertTrue(outcome.onlyLine().endsWith("(see --help)"), outcome::toString);
    }
  }
}
