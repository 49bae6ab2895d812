package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The steps of {@code .binder}, as Binder takes them in its image: its Python gets what {@code
 * requirements.txt} has, {@code postBuild} runs in the clone, and {@code start} starts Jupyter.
 */
class BinderTest {
  /** A few minutes: Maven and pip begin with nothing. */
  @Test
  @Tag("campaign")
  void itsStepsMakeAJupyterThatRunsCells() throws Exception {
    try (Sandbox sandbox = new Sandbox("binder")) {
      Path clone = sandbox.folder().resolve("clone");
      FreshClone.copyTo(clone);
      Path home = Files.createDirectories(sandbox.runtime().resolve("home"));
      Path settings = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
      if (Files.exists(settings)) {
        Files.createDirectories(home.resolve(".m2"));
        Files.copy(settings, home.resolve(".m2/settings.xml"));
      }
      Path venv = sandbox.folder().resolve("venv");
      sandbox.run(PythonEnvironment.python(), "-m", "venv", venv).succeeded();
      Path bin = venv.resolve("bin");
      sandbox
          .with("HOME", home.toString())
          .with("MAVEN_OPTS", "-Duser.home=" + home)
          .with("JAVA_HOME", System.getProperty("java.home"))
          .with("JUPYTER_DATA_DIR", null)
          .with("PATH", bin + File.pathSeparator + System.getenv("PATH"));
      Path binder = clone.resolve(".binder");
      sandbox
          .run(bin.resolve("pip"), "install", "-q", "-r", binder.resolve("requirements.txt"))
          .succeeded();
      sandbox.run("bash", "-c", "cd \"$1\" && .binder/postBuild", "bash", clone).succeeded();
      for (String built : List.of("target", ".rayshell", "runtime/target", "kernel/target")) {
        assertFalse(Files.exists(clone.resolve(built)), built);
      }
      Path notebook = sandbox.folder().resolve("notebook.ipynb");
      new Draft()
          .cell("@Remote int twice(int x) { return 2 * x; }")
          .cell("Ray.init();\nRay.get(twice.remote(21))")
          .cell("System.getenv(\"RAYSHELL_HISTORY\")")
          .write(notebook);
      sandbox
          .run(
              binder.resolve("start"),
              bin.resolve("jupyter"),
              "nbconvert",
              "--execute",
              "--inplace",
              "--to",
              "notebook",
              notebook)
          .succeeded();
      Notebook executed = Notebook.read(notebook);
      assertEquals(List.of("42"), executed.cell("cell-1").shown("text/plain"));
      assertEquals(List.of(":memory:"), executed.cell("cell-2").shown("text/plain"));
    }
  }
}
