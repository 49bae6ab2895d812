package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notebooks in the manner of IJava's and JJava's users, with every spelling of theirs. */
class OtherKernelsTest {
  private static final Path SOURCES = Project.ROOT.resolve("notebooks/src/test/notebooks");

  private static Sandbox sandbox;
  private static Path folder;

  @BeforeAll
  static void executeAll() throws IOException {
    sandbox = new Sandbox("other-kernels").withKernel();
    folder = sandbox.make("notebooks");
    Path repository = sandbox.make("repository");
    for (String name : List.of("leaf", "stem", "root")) {
      artifact(repository, name);
    }
    Files.createDirectories(folder.resolve("classes"));
    jar(Files.createDirectories(folder.resolve("more")).resolve("more.jar"), Map.of());
    Files.writeString(
        folder.resolve("helpers.jshell"), "String shout(String t) { return t.toUpperCase(); }");
    Files.writeString(
        folder.resolve("helpers.ijava"), "String whisper(String t) { return t.toLowerCase(); }");
    Path project = Files.createDirectories(folder.resolve("project")).resolve("pom.xml");
    Files.writeString(project, project("project", repository.toUri().toString(), "stem"));
    // Maven's settings and its own repository are in this home; nothing is asked of the network.
    Path home = sandbox.make("home");
    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2/settings.xml"),
        "<settings><mirrors><mirror><id>all</id><mirrorOf>*</mirrorOf><url>"
            + repository.toUri()
            + "</url></mirror></mirrors></settings>");
    sandbox.with("JDK_JAVA_OPTIONS", "\"-Duser.home=" + home + "\"");
    sandbox.with("IJAVA_STARTUP_SCRIPT", "String fromVariable = \"ijava\";");
    sandbox.with("IJAVA_TIMEOUT", "10 MINUTES");
    for (String each : List.of("ijava-libraries", "ijava-display", "jjava")) {
      String text = Files.readString(SOURCES.resolve(each + ".ipynb"));
      Files.writeString(
          folder.resolve(each + ".ipynb"),
          text.replace("REPOSITORY", repository.toUri().toString()));
    }
    new Draft().cell("int fromOther = 6;").write(sandbox.folder().resolve("other.ipynb"));
    sandbox
        .run(PythonEnvironment.python(), Project.PYTHON.resolve("notebooks.py"), folder)
        .succeeded();
  }

  @AfterAll
  static void close() throws IOException {
    sandbox.close();
  }

  private static void artifact(Path repository, String name) throws IOException {
    Path place = Files.createDirectories(repository.resolve("t/" + name + "/1"));
    Files.writeString(place.resolve(name + "-1.pom"), project(name, "", ""));
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Path source =
        Files.createDirectories(sandbox.make("sources/t/" + name)).resolve(type + ".java");
    Files.writeString(
        source,
        "package t.%s; public class %s { public static String colour() { return \"green\"; } }"
            .formatted(name, type));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                sandbox.make("compiled").toString(),
                source.toString());
    assertEquals(0, failed);
    String entry = "t/" + name + "/" + type + ".class";
    jar(
        place.resolve(name + "-1.jar"),
        Map.of(
            entry,
            Files.readAllBytes(sandbox.folder().resolve("compiled").resolve(entry)),
            name + ".txt",
            new byte[0]));
  }

  private static String project(String name, String repository, String needs) {
    return "<project><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>"
        + name
        + "</artifactId><version>1</version>"
        + (needs.isEmpty()
            ? ""
            : "<repositories><repository><id>own</id><url>"
                + repository
                + "</url></repository></repositories><dependencies><dependency><groupId>t</groupId>"
                + "<artifactId>"
                + needs
                + "</artifactId><version>1</version></dependency></dependencies>")
        + "</project>";
  }

  private static void jar(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("META-INF/"));
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(each.getKey()));
        out.write(each.getValue());
      }
    }
  }

  /** The notebook after it ran; only cells fail that are to. */
  private static Notebook executed(String name) throws IOException {
    Notebook notebook = Notebook.read(folder.resolve(name + ".ipynb"));
    for (Notebook.Cell cell : notebook.code()) {
      assertEquals(cell.mayFail(), cell.failed(), cell.source() + "\n" + cell.shows());
      assertEquals("", cell.printed("stderr"), cell.source());
    }
    return notebook;
  }

  /** What the cell that contains the words shows in that form. */
  private static List<String> shown(Notebook notebook, String words, String type) {
    return cell(notebook, words).shown(type);
  }

  private static Notebook.Cell cell(Notebook notebook, String words) {
    return notebook.code().stream()
        .filter(cell -> cell.source().contains(words))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void librariesOfIjava() throws IOException {
    Notebook notebook = executed("ijava-libraries");
    String plain = "text/plain";
    assertEquals("green", shown(notebook, "Leaf.colour()", plain).getLast());
    assertEquals("2", shown(notebook, "addedJars.size()", plain).getLast());
    assertEquals("3", shown(notebook, "getResource", plain).getLast());
    assertEquals("GROWN", shown(notebook, "shout(", plain).getLast());
    assertEquals("quiet", shown(notebook, "whisper(", plain).getLast());
    assertEquals("true", shown(notebook, "instanceof List", plain).getLast());
    assertEquals("green is 5 letters\n", cell(notebook, "printf").printed("stdout"));
    assertTrue(cell(notebook, "t:nowhere:1").shows().contains("t:nowhere:"));
  }

  @Test
  void displaysOfIjava() throws IOException {
    Notebook notebook = executed("ijava-display");
    String html = "text/html";
    String markdown = "text/markdown";
    assertEquals(List.of("**Grüezi**", "<b>bold</b>"), shown(notebook, "display(42)", markdown));
    assertEquals(3, shown(notebook, "display(42)", "text/plain").size(), "no id is shown");
    assertEquals(
        List.of("<b>Countdown:</b> 0", "<b>Lift-off!</b>"), shown(notebook, "Countdown", html));
    assertEquals(
        List.of("**Grüezi**"), shown(notebook, "render(greeting, \"text/markdown\")", markdown));
    assertEquals(List.of("<i>by hand</i>"), shown(notebook, "by hand", html));
    assertEquals(List.of("<b>lime</b>"), shown(notebook, "Tree lime", html));
    assertEquals(List.of("**lime**"), shown(notebook, "render(lime", markdown));
    assertEquals(List.of("<u>leafy</u>"), shown(notebook, "Leafy", html));
    assertEquals(1, shown(notebook, "BufferedImage", "image/png").size());
    assertEquals(List.of("6"), shown(notebook, "(int) eval", "text/plain"));
    assertEquals(List.of("12"), shown(notebook, "planted", "text/plain"));
    assertEquals(List.of("2"), shown(notebook, "%rows", "text/plain"));
    assertEquals(List.of("PEAS"), shown(notebook, "%%upper", "text/plain"));
  }

  @Test
  void aNotebookOfJjava() throws IOException {
    Notebook notebook = executed("jjava");
    String plain = "text/plain";
    assertEquals(List.of("JJAVA"), shown(notebook, "shout(", plain));
    assertEquals(List.of("7"), shown(notebook, "fromOther + 1", plain));
    assertTrue(cell(notebook, "%time Thread").printed("stdout").contains("Wall time: "));
    assertEquals(List.of("45"), shown(notebook, "%%time", plain));
    assertEquals(List.of("8"), shown(notebook, "Bed::rows", plain));
    assertEquals(List.of("eight"), shown(notebook, "eight", "text/html"));
    assertEquals(List.of("7"), shown(notebook, "Object sum", plain));
    assertEquals(List.of("2026-01-02"), shown(notebook, "LocalDate", plain));
    assertEquals(List.of("ijava"), shown(notebook, "fromVariable", plain));
    assertEquals(List.of("1"), shown(notebook, "even(10)", plain));
    assertFalse(cell(notebook, "%maven").failed());
  }
}
