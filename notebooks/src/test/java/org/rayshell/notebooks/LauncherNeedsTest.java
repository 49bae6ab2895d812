package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the launchers say in one line when something they need is missing. */
class LauncherNeedsTest {
  /** What the scripts call, besides Java, Maven and Python. */
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "bash",
          "cat",
          "cmp",
          "cp",
          "cut",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "id",
          "mkdir",
          "readlink",
          "sed",
          "tail",
          "tr",
          "uname");

  private Sandbox sandbox;
  private Path clone;

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox("launchers");
    clone = sandbox.folder().resolve("the clone");
    FreshClone.copyTo(clone);
    sandbox.with("JAVA_HOME", System.getProperty("java.home"));
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  /** The PATH has the everyday tools and these programs, nothing else. */
  private void pathOnlyWith(String... programs) throws IOException {
    Path bin = sandbox.make("bin");
    for (String tool : Stream.concat(TOOLS.stream(), Stream.of(programs)).toList()) {
      Path program =
          Stream.of(System.getenv("PATH").split(":"))
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(bin.resolve(tool), program);
    }
    sandbox.with("PATH", bin.toString());
  }

  private void refuses(int code, String words, Object... command) throws IOException {
    Outcome outcome = sandbox.run(command);
    assertEquals(code, outcome.code(), outcome::toString);
    // What goes on before may be said, the reason is one line.
    assertTrue(outcome.lastLine().contains(words), outcome::toString);
    assertTrue(outcome.lastLine().contains(": "), outcome::toString);
    assertTrue(outcome.output().lines().count() <= 2, outcome::toString);
  }

  /** A function of the launchers', by itself. */
  private Object[] function(String call) {
    return new Object[] {
      "bash",
      "-c",
      "set -euo pipefail; root=$1; . \"$root/install/lib/common.sh\";"
          + " . \"$root/install/lib/python.sh\"; "
          + call,
      "bash",
      clone
    };
  }

  @Test
  void jdk() throws IOException {
    refuses(1, "no JDK 99 or newer in JAVA_HOME, on PATH", function("find_jdk 99"));
  }

  @Test
  void maven() throws IOException {
    pathOnlyWith();
    for (String launcher : List.of("kernel", "lab")) {
      refuses(
          1,
          "no mvn on PATH",
          clone.resolve("install").resolve(launcher),
          launcher.equals("lab") ? "--headless" : "--user");
    }
  }

  @Test
  void network() throws IOException {
    // MAVEN_OPTS cannot have a path with blanks.
    Path maven = Files.createDirectories(sandbox.runtime().resolve("home/.m2"));
    Files.writeString(
        maven.resolve("settings.xml"), "<settings><offline>true</offline></settings>");
    sandbox.with("MAVEN_OPTS", "-Duser.home=" + maven.getParent());
    refuses(
        1,
        "Maven cannot download",
        clone.resolve("install/kernel"),
        "--prefix",
        clone.resolve("p"));
    sandbox.with("PIP_INDEX_URL", "http://127.0.0.1:9/simple").with("PIP_RETRIES", "0");
    sandbox.with("PIP_FIND_LINKS", null);
    refuses(1, "JupyterLab cannot be downloaded", environment());
  }

  private Object[] environment() {
    return function("make_environment \"$root/venv\" \"$root/install/lib/requirements.txt\"");
  }

  @Test
  void python() throws IOException {
    pathOnlyWith();
    refuses(1, "no Python 3.9 or newer on PATH", environment());
    Path old = sandbox.folder().resolve("bin/python3");
    Files.writeString(
        old, "#!/usr/bin/env bash\n[ \"$1\" = --version ] && echo Python 3.6.8\nexit 1\n");
    assertTrue(old.toFile().setExecutable(true));
    refuses(1, "found only " + old + ", Python 3.6.8", environment());
  }

  @Test
  void freePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refuses(
          1,
          "port " + taken.getLocalPort() + " is in use",
          clone.resolve("install/lab"),
          "--port",
          taken.getLocalPort());
    }
  }

  @Test
  void usableArguments() throws IOException {
    Path lab = clone.resolve("install/lab");
    assertTrue(sandbox.run(lab, "--help").succeeded().output().contains("--headless[=OUT.ipynb]"));
    refuses(
        1,
        "there is no notebook missing.ipynb; by their names there are patterns, plain-java,"
            + " remote-objects, tour",
        lab,
        "missing.ipynb");
    refuses(2, "unknown option --nonsense", lab, "--nonsense");
    refuses(2, "--port 70000 is no port", lab, "--port", "70000");
    refuses(2, "--port needs a number", lab, "--port");
    refuses(2, "--headless= names no file", lab, "--headless=");
    refuses(2, "one notebook at a time", lab, "a.ipynb", "b.ipynb");
  }
}
