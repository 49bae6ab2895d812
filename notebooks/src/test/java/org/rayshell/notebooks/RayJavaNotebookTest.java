package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A program of Ray Java in a notebook: the cells of docs/ray-java.md, and what comes of them. */
class RayJavaNotebookTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void theDocumentsCellsRunAndWhatIsMissingIsNamed() throws IOException {
    try (Sandbox sandbox = new Sandbox("ray-java").withKernel()) {
      Path folder = sandbox.make("notebooks");
      Draft draft = new Draft();
      BLOCK
          .matcher(Files.readString(Project.ROOT.resolve("docs/ray-java.md")))
          .results()
          .map(found -> found.group(1))
          .forEach(draft::cell);
      draft
          .cell("int base = 40;\nRay.task((Integer n) -> base + n, Ray.put(2)).remote().get()")
          .cell("%ray tasks")
          .cell("Ray.actor(StringBuilder::new).remote();", "raises-exception");
      draft.write(folder.resolve("ray-java.ipynb"));
      sandbox
          .run(PythonEnvironment.python(), Project.PYTHON.resolve("notebooks.py"), folder)
          .succeeded();
      List<Notebook.Cell> cells = Notebook.read(folder.resolve("ray-java.ipynb")).code();
      for (Notebook.Cell cell : cells) {
        assertEquals(cell.mayFail(), cell.failed(), cell.source() + "\n" + cell.shows());
      }
      String plain = "text/plain";
      assertTrue(
          cells.get(0).shows().contains("programs of Ray Java run on RayShell here"),
          cells.get(0).shows());
      assertEquals("9", cells.get(1).shown(plain).getLast());
      assertEquals("42", cells.get(2).shown(plain).getLast());
      assertTrue(cells.get(3).shows().contains("Jobs.square"), cells.get(3).shows());
      assertTrue(cells.get(4).shows().contains("an actor: RayShell runs"), cells.get(4).shows());
    }
  }
}
