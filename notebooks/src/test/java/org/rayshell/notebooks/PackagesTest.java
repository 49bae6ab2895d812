package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packages that need no clone, built once, and used as people use them. */
class PackagesTest {
  private static final String VERSION = "0.1.0";

  /** As unzip does, which keeps what may be executed so. */
  private static final String UNZIP =
      """
      import os, sys, zipfile
      with zipfile.ZipFile(sys.argv[1]) as archive:
          for each in archive.infolist():
              os.chmod(archive.extract(each, sys.argv[2]), each.external_attr >> 16 or 0o644)
      """;

  private static Sandbox sandbox;
  private static Path packages;

  @BeforeAll
  static void build() throws IOException {
    // Builds the jars, where that is due.
    InstalledKernel.prefix();
    sandbox = new Sandbox("packages");
    packages = sandbox.folder().resolve("the packages");
    sandbox.with("HOME", System.getProperty("user.home"));
    Outcome built = sandbox.run(Project.script("package"), "--out", packages).succeeded();
    System.out.println(built.output());
    sandbox.with("HOME", sandbox.make("home").toString());
  }

  @AfterAll
  static void close() throws IOException {
    sandbox.close();
  }

  @Test
  void theWheelBringsAKernelThatGetsFastByItself() throws Exception {
    Path wheel = packages.resolve("rayshell-" + VERSION + ".dev0-py3-none-any.whl");
    Path tests = PythonEnvironment.python();
    Path venv = sandbox.folder().resolve("a venv");
    sandbox.run(tests, "-m", "venv", "--without-pip", venv).succeeded();
    Path python = venv.resolve("bin/python");
    pip(python, "install", "--no-index", "--no-deps", wheel).succeeded();
    // The client of Jupyter is the tests' own; all else is found where this environment has it.
    String packagesOf = "import sysconfig; print(sysconfig.get_path('purelib'))";
    String lent = sandbox.run(tests, "-c", packagesOf).succeeded().onlyLine();
    Path own = Path.of(sandbox.run(python, "-c", packagesOf).succeeded().onlyLine());
    Files.writeString(own.resolve("lent.pth"), lent + "\n");

    Path spec = venv.resolve("share/jupyter/kernels/rayshell");
    Path command = venv.resolve("bin/rayshell-kernel");
    assertTrue(sandbox.run(command, "check").succeeded().lastLine().startsWith("Caches: none yet"));
    runsCells(python, spec);
    // What the first start has begun in the background.
    for (ProcessHandle each : sandbox.living()) {
      ended(each);
    }
    assertEquals(
        "Caches: " + spec.toRealPath(), sandbox.run(command, "check").succeeded().lastLine());
    runsCells(python, spec);
    assertEquals(List.of(), sandbox.living(), "trained once");
    // Refuses to start on a cache that does not fit; without a connection file the kernel ends.
    Outcome strict =
        sandbox.run(
            Path.of(System.getProperty("java.home"), "bin/java"),
            "-XX:AOTMode=on",
            "@" + spec.resolve("kernel.args"));
    assertTrue(strict.onlyLine().startsWith("usage:"), strict::toString);

    Outcome wrong = sandbox.run(command, "trian");
    assertEquals(2, wrong.code(), wrong::toString);
    assertTrue(wrong.onlyLine().contains("trian"), wrong::toString);
    Outcome ours = sandbox.run(Project.script("kernel"), "--prefix", venv);
    assertTrue(ours.onlyLine().contains("pip uninstall rayshell"), ours::toString);
    saysThatThereIsNoJdk(spec.resolve("start"));

    pip(python, "uninstall", "-y", "rayshell").succeeded();
    assertFalse(Files.exists(spec), "left behind");
    assertFalse(Files.exists(command), "left behind");
  }

  private static Outcome pip(Path python, Object... arguments) throws IOException {
    Object[] command = new Object[arguments.length + 5];
    System.arraycopy(
        new Object[] {PythonEnvironment.python(), "-m", "pip", "--python", python},
        0,
        command,
        0,
        5);
    System.arraycopy(arguments, 0, command, 5, arguments.length);
    return sandbox.run(command);
  }

  private static void runsCells(Path python, Path spec) throws IOException {
    Outcome outcome = sandbox.run(python, Project.PYTHON.resolve("packaged.py")).succeeded();
    System.out.println(outcome.output());
    assertTrue(outcome.output().contains(spec.toString()), outcome::toString);
    assertTrue(outcome.output().contains("1+1 is ['2']"), outcome::toString);
    assertTrue(outcome.output().contains("square(7) is ['49']"), outcome::toString);
  }

  private static void ended(ProcessHandle process) throws InterruptedException, ExecutionException {
    try {
      process.onExit().get(5, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw new AssertionError("does not end: " + process.info(), e);
    }
  }

  /** With the start of a kernel that wants a JDK which nobody has. */
  private static void saysThatThereIsNoJdk(Path start) throws IOException {
    Path later = start.resolveSibling("later");
    Files.writeString(later, Files.readString(start).replace("find_jdk 25", "find_jdk 99"));
    Outcome outcome = sandbox.run("bash", later, "connection.json");
    Files.delete(later);
    assertEquals(1, outcome.code(), outcome::toString);
    assertTrue(
        outcome.onlyLine().startsWith("rayshell-kernel: no JDK 99 or newer in JAVA_HOME, on PATH"),
        outcome::toString);
  }

  @Test
  void theZipInstallsTheKernel() throws IOException {
    Path zip = packages.resolve("rayshell-" + VERSION + "-SNAPSHOT.zip");
    Path folder = sandbox.make("unzipped");
    sandbox.run(PythonEnvironment.python(), "-c", UNZIP, zip, folder).succeeded();
    Path install = folder.resolve("rayshell-" + VERSION + "-SNAPSHOT/install");
    assertTrue(sandbox.run(install, "--help").succeeded().output().contains("--sys-prefix"));
    Outcome wrong = sandbox.run(install, "--nonsense");
    assertEquals(2, wrong.code(), wrong::toString);
    assertTrue(wrong.onlyLine().startsWith("./install: "), wrong::toString);
    Path data = sandbox.folder().resolve("data of the zip");
    sandbox.with("JUPYTER_DATA_DIR", data.toString());
    sandbox.run(install).succeeded();
    // Nothing of it is needed any more.
    Sandbox.deleteTree(folder);
    Path spec = data.resolve("kernels/rayshell");
    String json = Files.readString(spec.resolve("kernel.json"));
    assertTrue(json.contains("-XX:AOTCache=" + spec), json);
    assertFalse(json.contains(folder.toString()), json);
    sandbox.run(PythonEnvironment.python(), Project.PYTHON.resolve("packaged.py")).succeeded();
  }
}
