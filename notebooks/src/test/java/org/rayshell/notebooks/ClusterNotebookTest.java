package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.rayshell.cluster.testing.NodeOptions;
import org.rayshell.cluster.testing.RayCluster;

/** The tour on a Ray cluster: the same cells, and {@code RAY_ADDRESS} in the environment. */
@EnabledOnOs(OS.LINUX)
class ClusterNotebookTest {
  private static final Path TOUR = Project.ROOT.resolve("notebooks/tour.ipynb");

  /** All but those that sleep for ten seconds a task. */
  @Test
  void cellsOfTheTourRunOnACluster() throws IOException {
    List<Notebook.Cell> cells =
        run(source -> !source.contains("slowFunction") && !source.contains("futures"));
    String naps = shows(cells, "var naps");
    assertTrue(naps.contains("4 tasks on 2 workers"), naps);
  }

  @Test
  @Tag("campaign")
  void theTourRunsOnACluster() throws IOException {
    run(_ -> true);
  }

  @Test
  void whatIsSeenInJupyterLabIsTheClusters() throws Exception {
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(2));
        Sandbox sandbox = on(cluster, "cluster-lab")) {
      Path folder = sandbox.make("notebooks");
      new Draft()
          .cell("%ray init")
          .cell("@Remote int square(int x) { return x * x; }")
          .cell("IntStream.range(0, 8).mapToObj(i -> square.remote(i)).toList()")
          .cell("Ray.clusterResources()")
          .cell("%%ray\nIntStream.range(0, 8).map(i -> Ray.get(square.remote(i))).sum()")
          .cell("%ray status")
          .cell("%ray stack")
          .write(folder.resolve("cluster.ipynb"));
      try (JupyterServer lab = JupyterServer.start(JupyterServer.App.LAB, sandbox, folder);
          Browser browser = Browser.start()) {
        LabPage page = new LabPage(browser.page());
        page.open(lab.page("cluster.ipynb"));
        page.kernelIdle();
        page.choose("Run", "runmenu:run-all");
        page.allRan(7);
        page.shows(2, "8 finished");
        page.shows(0, "cluster at " + cluster.address());
        page.shows(3, "1 node, Ray " + cluster.ray().wheel().version());
        page.shows(4, " tasks on 2 workers");
        page.shows(
            6, "%ray stack is not for the workers of a cluster; Ray's dashboard shows them: http");
        String link = page.outputs(0).getByText("Ray's dashboard").first().getAttribute("href");
        assertEquals(cluster.dashboard().resolve("/"), URI.create(link));
        assertEquals(List.of(), page.findings());
        page.screenshot("cluster-light", 0);
        page.save();
        page.dark(sandbox);
        page.shows(0, "cluster at " + cluster.address());
        assertEquals(List.of(), page.findings());
        page.screenshot("cluster-dark", 0);
      }
    }
  }

  /** A kernel that finds the cluster, and the Ray that goes with it, in its environment. */
  private static Sandbox on(RayCluster cluster, String name) throws IOException {
    Path environment = cluster.ray().program("python").getParent().getParent();
    return new Sandbox(name)
        .withKernel()
        .with("RAY_ADDRESS", cluster.address())
        .with("VIRTUAL_ENV", environment.toString());
  }

  private static List<Notebook.Cell> run(Predicate<String> which) throws IOException {
    try (RayCluster cluster = RayCluster.start(NodeOptions.cpus(2));
        Sandbox sandbox = on(cluster, "cluster")) {
      Path folder = sandbox.make("notebooks");
      Draft draft = new Draft();
      for (Notebook.Cell cell : Notebook.read(TOUR).code()) {
        if (which.test(cell.source())) {
          draft.cell(cell.source());
        }
        if (cell.source().startsWith("Ray.init")) {
          draft.cell("%ray status").cell("%ray nodes").cell("%ray workers");
        }
      }
      draft.write(folder.resolve("tour.ipynb"));
      sandbox
          .run(PythonEnvironment.python(), Project.PYTHON.resolve("notebooks.py"), folder)
          .succeeded();
      List<Notebook.Cell> cells = Notebook.read(folder.resolve("tour.ipynb")).code();
      cells.forEach(cell -> assertFalse(cell.failed(), cell.source() + "\n" + cell.shows()));
      String status = shows(cells, "%ray status");
      assertTrue(status.contains("cluster=" + cluster.address()), status);
      assertEquals("42", result(cells, "Ray.get(objRef)"));
      // Primes below two million.
      assertEquals("148933", result(cells, "var counts"));
      return cells;
    }
  }

  private static String shows(List<Notebook.Cell> cells, String begin) {
    return find(cells, begin).shows();
  }

  private static String result(List<Notebook.Cell> cells, String part) {
    return find(cells, part).shown("text/plain").getLast();
  }

  private static Notebook.Cell find(List<Notebook.Cell> cells, String part) {
    return cells.stream()
        .filter(cell -> cell.source().contains(part))
        .reduce((_, last) -> last)
        .orElseThrow();
  }
}
