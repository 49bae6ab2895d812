package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The alias of {@code jbang-catalog.json} as JBang runs it, by the commands of the docs. */
class JBangTest {
  /** What JBang's own launcher takes as: run what I have printed. */
  private static final int RUN_THIS = 255;

  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  /** A minute or two, most of which Maven takes. */
  @Test
  @Tag("campaign")
  void itsAliasInstallsTheKernelAndUninstallsIt() throws Exception {
    try (Sandbox sandbox = new Sandbox("jbang")) {
      Path jars = jbang(sandbox);
      Path repository = repositoryWithout("rayshell", sandbox);
      // Maven finds its JDK by the real home.
      sandbox.with("HOME", System.getProperty("user.home"));
      sandbox
          .run(
              "mvn",
              "-q",
              "-f",
              Project.ROOT.resolve("pom.xml"),
              "-Dmaven.repo.local=" + repository,
              "-Dmaven.test.skip=true",
              "-pl",
              "install",
              "-am",
              "install")
          .succeeded();
      Path home = sandbox.make("home");
      sandbox
          .with("HOME", home.toString())
          .with("JAVA_HOME", JAVA.toString())
          .with("JBANG_DIR", sandbox.make("jbang").toString())
          .with("JBANG_CACHE_DIR", sandbox.make("jbang/cache").toString())
          .with("JBANG_REPO", repository.toString())
          .with("JUPYTER_DATA_DIR", null);
      Files.copy(
          Project.ROOT.resolve("jbang-catalog.json"),
          sandbox.folder().resolve("jbang-catalog.json"));

      Path kernel = home.resolve(".local/share/jupyter/kernels/rayshell");
      Outcome installed = run(sandbox, jars, "rayshell", "--user").succeeded();
      assertEquals("Installed Java (RayShell) in " + kernel, installed.lastLine());
      JsonObject spec =
          JsonParser.parseString(Files.readString(kernel.resolve("kernel.json"))).getAsJsonObject();
      assertEquals("Java (RayShell)", spec.get("display_name").getAsString());
      assertTrue(
          Files.isExecutable(Path.of(spec.getAsJsonArray("argv").get(0).getAsString())),
          spec::toString);

      Outcome refused = run(sandbox, jars, "rayshell", "--nonsense");
      assertEquals(2, refused.code(), refused::toString);
      assertTrue(refused.lastLine().startsWith("rayshell: "), refused::toString);

      Outcome gone = run(sandbox, jars, "rayshell", "--user", "--uninstall").succeeded();
      assertEquals("Uninstalled " + kernel, gone.lastLine());
      assertFalse(Files.exists(kernel));
    }
  }

  /** JBang's jars, fetched by Maven as a build fetches them. */
  private static Path jbang(Sandbox sandbox) throws IOException {
    Path folder = sandbox.folder().resolve("jbang-jars");
    sandbox.with("HOME", System.getProperty("user.home"));
    sandbox
        .run(
            "mvn",
            "-q",
            "-f",
            Project.ROOT.resolve("notebooks/src/test/jbang/pom.xml"),
            "-Dmaven.repo.local=" + repository(),
            "-Djbang.folder=" + folder,
            "package")
        .succeeded();
    return folder;
  }

  /** As the script {@code jbang}: the program says what is to be run, or has done its work. */
  private static Outcome run(Sandbox sandbox, Path jars, String... arguments) throws IOException {
    List<Object> line = new ArrayList<>();
    line.add(JAVA.resolve("bin/java"));
    line.addAll(List.of("-cp", jars + "/*", "dev.jbang.Main", "--quiet", "run", "--offline"));
    line.addAll(List.of(arguments));
    Outcome said = sandbox.run(line.toArray());
    assertEquals(RUN_THIS, said.code(), said::toString);
    return sandbox.run("bash", "-c", "exec " + said.lastLine());
  }

  /** Maven's local repository in which the build has found what it needs. */
  private static Path repository() {
    String gson = "com/google/code/gson/gson";
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(each -> each.contains("/" + gson + "/"))
        .map(each -> Path.of(each.substring(0, each.indexOf("/" + gson + "/"))))
        .findFirst()
        .orElseThrow();
  }

  /** A repository of its own, in which that one's content can be found but for a group. */
  private static Path repositoryWithout(String group, Sandbox sandbox) throws IOException {
    Path own = sandbox.make("repository");
    link(repository(), own, "org");
    link(repository().resolve("org"), sandbox.make("repository/org"), group);
    return own;
  }

  private static void link(Path from, Path to, String but) throws IOException {
    try (Stream<Path> all = Files.list(from)) {
      for (Path each : all.filter(file -> !file.endsWith(but)).toList()) {
        Files.createSymbolicLink(to.resolve(each.getFileName()), each);
      }
    }
  }
}
