package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * The first command of the README in a fresh clone, by somebody who has nothing yet: an empty home,
 * an empty repository of Maven, no JupyterLab. Then the other notebooks by their names, side by
 * side. What they show is checked cell by cell.
 */
class NotebooksHeadlessTest {
  @TestFactory
  Stream<DynamicContainer> runInAFreshClone() throws Exception {
    try (Sandbox sandbox = new Sandbox("fresh clone")) {
      Path clone = sandbox.folder().resolve("the clone");
      FreshClone.copyTo(clone);
      // MAVEN_OPTS cannot have a path with blanks; Java takes the home from the list of users.
      Path home = Files.createDirectories(sandbox.runtime().resolve("home"));
      sandbox.with("HOME", home.toString()).with("MAVEN_OPTS", "-Duser.home=" + home);
      // Where this machine's repositories are is a setting of the machine.
      Path settings = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
      if (Files.exists(settings)) {
        Files.createDirectories(home.resolve(".m2"));
        Files.copy(settings, home.resolve(".m2/settings.xml"));
      }
      Map<String, Notebook> executed = new LinkedHashMap<>();
      executed.put("tour", execute(sandbox, clone, "tour", "--headless"));
      executed.putAll(others(sandbox, clone));
      return executed.entrySet().stream()
          .map(e ->
              DynamicContainer.dynamicContainer(
                  e.getKey(), NotebookChecks.of(e.getKey(), e.getValue())));
    }
  }

  private static Map<String, Notebook> others(Sandbox sandbox, Path clone) throws Exception {
    List<String> names = NotebookChecks.NOTEBOOKS.stream().filter(n -> !n.equals("tour")).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(names.size())) {
      List<Callable<Notebook>> runs = new ArrayList<>();
      for (String name : names) {
        runs.add(() -> execute(sandbox, clone, name, name, "--headless"));
      }
      List<Future<Notebook>> results = threads.invokeAll(runs);
      Map<String, Notebook> executed = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        executed.put(names.get(i), results.get(i).get());
      }
      return executed;
    }
  }

  private static Notebook execute(Sandbox sandbox, Path clone, String name, String... arguments)
      throws IOException {
    List<Object> command = new ArrayList<>(List.of(clone.resolve("install/lab")));
    command.addAll(List.of(arguments));
    Outcome outcome = sandbox.run(command.toArray()).succeeded();
    System.out.println(outcome.output());
    Path executed = clone.resolve(".rayshell/out").resolve(name + ".ipynb");
    assertTrue(outcome.lastLine().endsWith(executed.toString()), outcome::toString);
    return Notebook.read(executed);
  }
}
