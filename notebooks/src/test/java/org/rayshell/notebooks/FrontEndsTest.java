package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Front ends without a page: what people see in a terminal and get from programs. */
class FrontEndsTest {
  private Sandbox sandbox;

  @BeforeEach
  void open(TestInfo test) throws IOException {
    sandbox =
        new Sandbox("front-ends-" + test.getTestMethod().orElseThrow().getName()).withKernel();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private Path file(String name) {
    return sandbox.folder().resolve(name);
  }

  private Outcome module(String name, Object... arguments) throws IOException {
    Object[] command = new Object[arguments.length + 3];
    command[0] = PythonEnvironment.python();
    command[1] = "-m";
    command[2] = name;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return sandbox.run(command);
  }

  private void script(String name, Object... arguments) throws IOException {
    Object[] command = new Object[arguments.length + 2];
    command[0] = PythonEnvironment.python();
    command[1] = Project.PYTHON.resolve(name);
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    sandbox.run(command).succeeded();
  }

  @Test
  void jupyterConsole() throws IOException {
    script("console.py");
  }

  @Test
  void qtConsolesOrderOfMessages() throws IOException {
    script("qtconsole_order.py");
  }

  @Test
  void qtConsole() throws IOException {
    sandbox.with("QT_QPA_PLATFORM", "offscreen");
    if (qt().code() != 0 && SystemPackages.mayInstall()) {
      SystemPackages.install(
          "libdbus-1-3", "libegl1", "libfontconfig1", "libglib2.0-0", "libxkbcommon0");
    }
    Outcome qt = qt();
    assumeTrue(qt.code() == 0, () -> "Qt lacks a library of the system: " + qt.lastLine());
    script("qtconsole_window.py");
  }

  private Outcome qt() throws IOException {
    return sandbox.run(PythonEnvironment.python(), "-c", "from PyQt6 import QtTest, QtWidgets");
  }

  @Test
  void nbconvertExecutesAndMakesAPageAndASource() throws IOException {
    Path source =
        new Draft()
            .cell("record Point(int x, int y) {}\nSystem.out.println(\"printed\");")
            .cell("new Point(3, 4)")
            .cell("System.err.println(\"complained\")")
            .write(file("source.ipynb"));
    module("nbconvert", "--execute", "--to", "notebook", "--output", "executed", source)
        .succeeded();
    Path executed = file("executed.ipynb");
    Notebook notebook = Notebook.read(executed);
    assertEquals("printed\n", notebook.cell("cell-0").printed("stdout"));
    assertEquals(List.of("Point[x=3, y=4]"), notebook.cell("cell-1").shown("text/plain"));
    assertEquals("complained\n", notebook.cell("cell-2").printed("stderr"));

    module("nbconvert", "--to", "html", executed).succeeded();
    String page = Files.readString(file("executed.html"));
    assertTrue(page.contains("<span class=\"kd\">record</span>"), "not coloured as Java");
    for (String text : List.of("printed", "Point[x=3, y=4]", "complained")) {
      assertTrue(page.contains(text), text);
    }
    module("nbconvert", "--to", "script", executed).succeeded();
    assertTrue(Files.readString(file("executed.jshell")).contains("new Point(3, 4)"));
  }

  @Test
  void nbconvertStopsAtACellThatFailsUnlessErrorsAreAllowed() throws IOException {
    Path source =
        new Draft()
            .cell("throw new IllegalStateException(\"on purpose\");")
            .cell("1 + 1")
            .write(file("source.ipynb"));
    Outcome stopped = module("nbconvert", "--execute", "--to", "notebook", source);
    assertNotEquals(0, stopped.code(), stopped::toString);
    assertTrue(stopped.output().contains("IllegalStateException"), stopped::toString);
    assertTrue(stopped.output().contains("on purpose"), stopped::toString);
    module(
            "nbconvert",
            "--execute",
            "--allow-errors",
            "--to",
            "notebook",
            "--output",
            "all",
            source)
        .succeeded();
    Notebook all = Notebook.read(file("all.ipynb"));
    assertTrue(all.cell("cell-0").failed());
    assertEquals(List.of("2"), all.cell("cell-1").shown("text/plain"));
  }

  @Test
  void nbclientRunsNotebooksSideBySideAndInterruptsWhatNeverEnds() throws IOException {
    Path folder = sandbox.make("notebooks");
    new Draft()
        .cell("int kept = 7;")
        .cell("while (true) {}", "raises-exception")
        .cell("kept")
        .write(folder.resolve("interrupted.ipynb"));
    new Draft()
        .cell("var shown = display(\"before\");")
        .cell("updateDisplay(shown, \"after\");")
        .cell("throw new IllegalStateException();", "raises-exception")
        .cell("1 + 1")
        .write(folder.resolve("other.ipynb"));
    script("notebooks.py", folder);
    Notebook interrupted = Notebook.read(folder.resolve("interrupted.ipynb"));
    assertTrue(interrupted.cell("cell-1").failed());
    assertEquals(List.of("7"), interrupted.cell("cell-2").shown("text/plain"));
    Notebook other = Notebook.read(folder.resolve("other.ipynb"));
    assertEquals(List.of("after"), other.cell("cell-0").shown("text/plain"));
    assertTrue(other.cell("cell-2").failed());
    assertEquals(List.of("2"), other.cell("cell-3").shown("text/plain"));
  }

  @Test
  void papermillWritesParametersAsDeclarations() throws IOException {
    installTranslator();
    Path source =
        new Draft()
            .cell("int n = 3;\nString who = \"nobody\"; // whom to greet", "parameters")
            .cell(
                """
                for (Object value : Arrays.asList(n, who, ratio, wide, vast, none, sizes, mixed,
                    settings, day, infinite)) {
                  System.out.println(value + " " + (value == null ? "" : value.getClass().getSimpleName()));
                }
                long sum = 0;
                for (double size : sizes) sum += size;
                int limit = limits.get("low") + limits.get("high");
                sum + limit\
                """)
            .cell("text.length()")
            .write(file("source.ipynb"));
    Path parameters =
        Files.writeString(
            file("parameters.yaml"),
            """
            ratio: 0.5
            wide: 12345678901
            vast: 1180591620717411303424
            none: null
            sizes: [1, 2.5, 4]
            mixed: [1, two, null, [true]]
            settings: {empty: null}
            limits: {low: 10, high: 20}
            day: 2026-11-23
            infinite: .inf
            text: "%s"
            """
                .formatted("\u00e4".repeat(70_000)));
    module(
            "papermill",
            source,
            file("out.ipynb"),
            "-p",
            "n",
            42,
            "-p",
            "who",
            "Zo\u00eb \"\\u{Z}\"\n$",
            "-f",
            parameters)
        .succeeded();
    Notebook out = Notebook.read(file("out.ipynb"));
    assertEquals(
        """
        42 Integer
        Zo\u00eb "\\u{Z}"
        $ String
        0.5 Double
        12345678901 Long
        1180591620717411303424 BigInteger
        null\s
        [1.0, 2.5, 4.0] ListN
        [1, two, null, [true]] ArrayList
        {empty=null} LinkedHashMap
        2026-11-23 String
        Infinity Double
        """,
        out.cells().get(2).printed("stdout"));
    assertEquals(List.of("37"), out.cells().get(2).shown("text/plain"));
    assertEquals(List.of("70000"), out.cells().get(3).shown("text/plain"));

    String help = module("papermill", "--help-notebook", source).succeeded().output();
    assertTrue(help.contains("who: String (default \"nobody\")"), help);
    assertTrue(help.contains("whom to greet"), help);
  }

  @Test
  void papermillSaysWhatFailed() throws IOException {
    installTranslator();
    Path source =
        new Draft().cell("int n = 0;", "parameters").cell("7 / n").write(file("source.ipynb"));
    Outcome name = module("papermill", source, file("out.ipynb"), "-p", "no-name", 1);
    assertTrue(name.lastLine().contains("name='no-name'"), name::toString);
    assertFalse(Files.exists(file("out.ipynb")));
    Outcome cell = module("papermill", source, file("out.ipynb"), "-p", "n", 0);
    assertNotEquals(0, cell.code());
    assertTrue(cell.output().contains("ArithmeticException: / by zero"), cell::toString);
    assertTrue(Notebook.read(file("out.ipynb")).cells().stream().anyMatch(Notebook.Cell::failed));
  }

  /** As the manual says. */
  private void installTranslator() throws IOException {
    try (Sandbox pip = new Sandbox("pip").with("HOME", System.getProperty("user.home"))) {
      Path project = Project.ROOT.resolve("install/papermill");
      pip.run(
              PythonEnvironment.python(),
              "-m",
              "pip",
              "install",
              "--disable-pip-version-check",
              project)
          .succeeded();
    }
  }
}
