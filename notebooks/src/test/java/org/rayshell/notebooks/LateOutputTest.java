package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What tasks print after their cell has ended, in a notebook that nbconvert has executed. */
class LateOutputTest {
  private static final Pattern REPEATED = Pattern.compile("repeated (\\d+)x");

  @Test
  void isSavedWholeThoughNbconvertHeedsOnlyTheCellThatRuns() throws Exception {
    try (Sandbox sandbox = new Sandbox("late output").withKernel()) {
      Path gate = sandbox.folder().resolve("gate");
      Path file =
          new Draft()
              .cell(
                  """
                  Ray.init(RayOptions.create().numCpus(2).includeDashboard(false));
                  @Remote int late(int i, String gate) throws Exception {
                    while (!Files.exists(Path.of(gate))) Thread.sleep(5);
                    System.out.println("late line of " + i);
                    return i;
                  }\
                  """)
              .cell(
                  "var refs = IntStream.range(0, 6).mapToObj(i -> late.remote(i, \""
                      + gate
                      + "\")).toList();")
              .cell("Files.createFile(Path.of(\"" + gate + "\"));\nRay.get(refs)")
              .write(sandbox.make("notebooks").resolve("late.ipynb"));
      sandbox
          .run(
              PythonEnvironment.python(),
              "-m",
              "nbconvert",
              "--to",
              "notebook",
              "--execute",
              "--inplace",
              file)
          .succeeded();
      Notebook executed = Notebook.read(file);
      // The line on the wait comes before it, if it took long.
      assertEquals("[0, 1, 2, 3, 4, 5]", executed.cells().get(2).shown("text/plain").getLast());
      int lines = 0;
      String printed = executed.cells().get(2).printed("stdout");
      for (String line : printed.lines().filter(each -> each.contains("late line")).toList()) {
        Matcher repeated = REPEATED.matcher(line);
        lines += repeated.find() ? Integer.parseInt(repeated.group(1)) : 1;
      }
      assertEquals(6, lines, printed);
    }
  }
}
