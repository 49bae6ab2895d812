package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The first command of the README in a fresh clone, by somebody who has nothing yet: an empty home,
 * an empty repository of Maven, no JupyterLab. What the tour shows is checked cell by cell.
 */
class TourHeadlessTest {
  @TestFactory
  Stream<DynamicTest> runsInAFreshClone() throws Exception {
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
      Outcome outcome = sandbox.run(clone.resolve("install/lab"), "--headless").succeeded();
      System.out.println(outcome.output());
      Path executed = clone.resolve(".rayshell/out/tour.ipynb");
      assertTrue(outcome.lastLine().endsWith(executed.toString()), outcome::toString);
      return new TourChecks(Notebook.read(executed)).all();
    }
  }
}
