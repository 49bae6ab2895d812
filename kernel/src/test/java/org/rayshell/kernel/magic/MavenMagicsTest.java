package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Libraries by Maven, from a repository in a folder, offline; and magics that libraries bring. */
@DisabledIfSystemProperty(
    named = "rayshell.internals",
    matches = "false",
    disabledReason = "once is enough: nothing here depends on how cells are compiled")
class MavenMagicsTest {
  private MavenHome home;
  private MagicCells cells;
  private FolderRepository repository;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    home = new MavenHome(folder, "<offline>true</offline>");
    repository = new FolderRepository(folder.resolve("repository"));
    repository.add("leaf", "");
    repository.add("stem", "leaf");
    cells = new MagicCells();
  }

  @AfterEach
  void restore() {
    cells.close();
    home.close();
  }

  /** The names of the jars that were added. */
  private String jars() {
    return cells.java.addedClassPath().stream()
        .map(each -> each.getFileName().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void artifactsComeWithWhatTheyNeed() throws Exception {
    MagicCells.Shown cell = cells.ok("%maven --repo mine=" + repository.folder() + " t:stem:1");
    assertTrue(cell.shown("text/plain").startsWith("added 2 jars"), cell.shown("text/plain"));
    assertEquals("stem-1.jar leaf-1.jar", jars());
    assertTrue(
        cells.ok("%addMavenDependency t:leaf:1").shown("text/plain").contains("1 were there"));
    assertTrue(cells.out("%jars").contains("leaf-1.jar"));
    assertTrue(cells.out("%mavenRepo").startsWith("mine file:/"));
  }

  @Test
  void sourcesAreFetchedWhenTheyAreAskedFor() throws Exception {
    cells.ok("%maven --repo mine=" + repository.folder() + " t:stem:1");
    List<Path> added = cells.java.addedClassPath();
    Path place = repository.folder().resolve("t/leaf/1");
    Files.copy(place.resolve("leaf-1.jar"), place.resolve("leaf-1-sources.jar"));
    Files.copy(place.resolve("leaf-1.jar.sha1"), place.resolve("leaf-1-sources.jar.sha1"));
    assertEquals(
        "leaf-1-sources.jar", cells.sources.of(added.get(1)).jar().getFileName().toString());
    var missing = cells.sources.of(added.get(0));
    assertNull(missing.jar());
    assertTrue(
        missing
            .remark()
            .startsWith(
                "No documentation: the sources of stem-1.jar cannot be had, nor its Javadoc: "),
        missing.remark());
    assertEquals(2, cells.sources.version());
    assertTrue(
        cells.sources.of(folder.resolve("own.jar")).remark().contains("own-sources.jar beside"));
  }

  @Test
  void aLibraryWithoutSourcesIsReadByItsJavadoc() throws Exception {
    Path place = repository.folder().resolve("t/leaf/1");
    Files.copy(place.resolve("leaf-1.jar"), place.resolve("leaf-1-javadoc.jar"));
    Files.copy(place.resolve("leaf-1.jar.sha1"), place.resolve("leaf-1-javadoc.jar.sha1"));
    cells.ok("%maven --repo mine=" + repository.folder() + " t:leaf:1");
    var found = cells.sources.of(cells.java.addedClassPath().getFirst());
    assertNull(found.jar());
    assertEquals("leaf-1-javadoc.jar", found.javadoc().getFileName().toString());
    Path own = folder.resolve("own.jar");
    Path pages = Files.createFile(folder.resolve("own-javadoc.jar"));
    assertEquals(pages, cells.sources.of(own).javadoc());
  }

  @Test
  void whatIsExcludedStaysAway() throws Exception {
    cells.ok("%addMavenRepo mine " + repository.folder().toUri());
    cells.ok("%maven --exclude t:leaf t:stem:1");
    assertEquals("stem-1.jar", jars());
  }

  @Test
  void versionsComeFromABom() throws Exception {
    String managed = FolderRepository.dependency("leaf", "1");
    repository.add(
        "versions",
        "pom",
        "<dependencyManagement><dependencies>" + managed + "</dependencies></dependencyManagement>",
        Map.of());
    cells.ok("%mavenRepo mine " + repository.folder());
    cells.ok("%maven t:versions:1@pom t:leaf");
    assertEquals("leaf-1.jar", jars());
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    repository.add("broken", "gone");
    cells.ok("%mavenRepo mine " + repository.folder());
    String missing = cells.error("%maven t:broken:1");
    assertTrue(missing.contains("t:gone:"), missing);
    assertTrue(missing.contains("offline"), missing);
    assertTrue(cells.error("%maven t:leaf").contains("GROUP:ARTIFACT:VERSION"));
    assertTrue(cells.error("%maven --repo").contains("--repo needs a value"));
    assertTrue(cells.error("%maven -x t:leaf:1").contains("no option -x"));
    assertTrue(cells.error("%mavenRepo mine nowhere").contains("nowhere; write ID=URL"));
  }

  @Test
  void commentsAtTheBeginningOfACellAskForThem() throws Exception {
    String code =
        """
        // A script of JBang
        //REPOS mavencentral,mine=%s
        //DEPS t:stem:1

        int after = 1;
        //DEPS t:no:1
        """
            .formatted(repository.folder());
    MagicCells.Shown first = cells.ok(code);
    assertTrue(first.shown("text/plain").startsWith("added 2 jars"));
    assertTrue(cells.ok(code).displays.isEmpty(), "what is there is not asked for again");
    assertEquals("stem-1.jar leaf-1.jar", jars());
  }

  @Test
  void projectsAreLoadedWithTheirParents() throws Exception {
    Path parent = folder.resolve("pom.xml");
    String managed = FolderRepository.dependency("leaf", "1");
    Files.writeString(
        parent,
        FolderRepository.project(
            "parent",
            "<packaging>pom</packaging><dependencyManagement><dependencies>"
                + managed
                + "</dependencies></dependencyManagement><repositories><repository><id>mine</id><url>"
                + repository.folder().toUri()
                + "</url></repository></repositories>"));
    Path child = Files.createDirectory(folder.resolve("child")).resolve("pom.xml");
    Files.writeString(
        child,
        "<project><modelVersion>4.0.0</modelVersion><parent><groupId>t</groupId><artifactId>parent"
            + "</artifactId><version>1</version></parent><artifactId>child</artifactId>"
            + "<dependencies>"
            + FolderRepository.dependency("leaf", "")
            + FolderRepository.dependency("nowhere", "1")
                .replace("</dependency>", "<scope>test</scope></dependency>")
            + "</dependencies></project>");
    cells.ok("%loadFromPOM " + child);
    assertEquals("leaf-1.jar", jars());
    assertTrue(cells.error("%loadFromPOM " + child + " tests").contains("no scope tests"));
    assertTrue(cells.error("%loadFromPOM none.xml").contains("no such file"));
  }

  @Test
  void aPartOfAProjectIsLoadedFromTheCell() throws Exception {
    String repositories =
        "<repositories><repository><id>mine</id><url>"
            + repository.folder().toUri()
            + "</url></repository></repositories>";
    cells.ok(
        "%%loadFromPOM\n"
            + repositories
            + "\n<dependencies>"
            + FolderRepository.dependency("stem", "1")
            + "</dependencies>");
    assertEquals("stem-1.jar leaf-1.jar", jars());
    assertTrue(cells.error("%%loadFromPOM\n<dependencies>").contains("no project of Maven"));
  }

  @Test
  void librariesBringMagics() throws Exception {
    Path library = Files.createDirectories(folder.resolve("library"));
    Path source = library.resolve("Greet.java");
    Files.writeString(
        source,
        """
        package lib;
        import java.util.*;
        import org.rayshell.kernel.magic.*;
        public class Greet implements Magic {
          public String name() { return "greet"; }
          public Set<Form> forms() { return Set.of(Form.LINE); }
          public String usage() { return "%greet NAME"; }
          public String summary() { return "greets"; }
          public MagicResult run(MagicCall call) {
            return MagicResult.value("hello " + call.raw());
          }
        }
        """);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", library.toString(), source.toString());
    assertEquals(0, failed);
    Path services = Files.createDirectories(library.resolve("META-INF/services"));
    Files.writeString(services.resolve(Magic.class.getName()), "lib.Greet\nlib.None\n");
    MagicCells.Shown cell = cells.ok("%classpath " + library);
    assertTrue(cell.out.toString().contains("there is %greet now: greets"), cell.out.toString());
    assertTrue(cell.err.toString().contains("lib.None"), cell.err.toString());
    assertEquals("hello you", cells.ok("%greet you").value());
    assertEquals(List.of("greet"), cells.completions("%gre"));
  }
}
