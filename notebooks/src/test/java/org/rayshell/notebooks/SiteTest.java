package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The site of the documentation, as {@code build/site/build} makes it, in the tests' Python. */
class SiteTest {
  private static final Path SITE = Project.ROOT.resolve("build/site");
  private static final String API =
      "set -euo pipefail; root=$1; . \"$root/install/lib/common.sh\";"
          + " . \"$root/build/site/javadoc.sh\"; find_jdk \"$java_release\"; api_reference \"$2\"";

  @Test
  void isBuiltAndItsLinksLeadSomewhere() throws IOException {
    try (Sandbox sandbox = new Sandbox("site")) {
      // Builds the jars, where that is due.
      InstalledKernel.prefix();
      Path source = sandbox.folder().resolve("target/site-source");
      Path config = sandbox.make("build/site").resolve("mkdocs.yml");
      Files.copy(SITE.resolve("mkdocs.yml"), config);
      Path python = PythonEnvironment.python();
      sandbox.run(python, SITE.resolve("gather.py"), Project.ROOT, source).succeeded();
      sandbox.run("bash", "-c", API, "bash", Project.ROOT, source.resolve("api")).succeeded();
      sandbox.run(python, "-m", "mkdocs", "build", "--strict", "-f", config).succeeded();
      Path site = sandbox.folder().resolve("target/site");
      String overview = Files.readString(site.resolve("index.html"));
      assertTrue(overview.contains("href=\"notebooks/patterns.html\""), overview);
      assertTrue(overview.contains("href=\"api/index.html\""), overview);
      assertTrue(
          Files.readString(site.resolve("api/org/rayshell/Ray.html")).contains("dashboardUrl"));
      for (String notebook : NotebookChecks.NOTEBOOKS) {
        String page = Files.readString(site.resolve("notebooks/" + notebook + ".html"));
        assertFalse(page.contains(".ipynb\""), notebook + " links to a notebook");
      }
      Files.writeString(source.resolve("docs/store.md"), "# Store\n\n[Gone](gone.md#away)\n");
      Outcome outcome = sandbox.run(python, "-m", "mkdocs", "build", "--strict", "-f", config);
      assertTrue(outcome.code() != 0 && outcome.output().contains("gone.md"), outcome::toString);
    }
  }
}
