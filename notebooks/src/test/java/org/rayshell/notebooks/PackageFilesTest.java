package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * That the files of packages which cannot be built here agree with the poms and with each other.
 */
class PackageFilesTest {
  private static String read(String file) throws IOException {
    return Files.readString(Project.ROOT.resolve(file));
  }

  private static String first(String pattern, String text) {
    Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    assertTrue(found.find(), () -> "no " + pattern + " in " + text);
    return found.group(1);
  }

  private static String version() throws IOException {
    return first("^  <version>(.*)</version>$", read("pom.xml"));
  }

  private static String release() throws IOException {
    return first("<maven.compiler.release>(\\d+)<", read("pom.xml"));
  }

  @Test
  void theWheelHasTheVersionOfThePom() throws IOException {
    String python = first("^__version__ = \"(.*)\"$", read("install/wheel/rayshell_kernel.py"));
    assertEquals(version().replace("-SNAPSHOT", ".dev0"), python);
    String project = read("install/wheel/pyproject.toml");
    for (String line : read("install/wheel/requirements.txt").lines().toList()) {
      if (!line.startsWith("#")) {
        assertTrue(project.contains(line.substring(0, line.indexOf(';'))), line);
      }
    }
  }

  @Test
  void everyPackageWantsTheJdkThatThePomIsMadeFor() throws IOException {
    String release = release();
    assertEquals(release, first("java_release=(\\d+)", read("install/lib/common.sh")));
    assertEquals(release, first("find_jdk (\\d+)", read("install/wheel/start")));
    assertEquals(release, first("find_jdk (\\d+)", read("install/zip/install")));
    assertEquals(release, first("^FROM maven:\\S+-eclipse-temurin-(\\d+) ", read("Dockerfile")));
    assertEquals(release, first("openjdk-(\\d+)-jdk", read(".binder/apt.txt")));
  }

  @Test
  void theDockerfileNamesWhatThereIs() throws IOException {
    String file = read("Dockerfile");
    assertTrue(file.contains("RUN install/package wheel --out /packages"), file);
    Matcher copy =
        Pattern.compile("^COPY (?:--chown=\\S+ )?([^-\\s]\\S*) \\S+$", Pattern.MULTILINE)
            .matcher(file);
    while (copy.find()) {
      Path source = Project.ROOT.resolve(copy.group(1).replace("*.ipynb", "tour.ipynb"));
      assertTrue(Files.exists(source), copy.group());
    }
    List<String> users =
        Pattern.compile("^USER (\\S+)$", Pattern.MULTILINE)
            .matcher(file)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertEquals(List.of("jovyan"), users);
    assertTrue(read(".dockerignore").contains("**/target"));
    assertTrue(read("docs/install.md").contains("docker run --rm -p 127.0.0.1:8888:8888 rayshell"));
  }

  @Test
  void binderCallsWhatThereIs() throws IOException {
    String build = read(".binder/postBuild");
    assertTrue(build.contains("install/package wheel\n"), build);
    assertTrue(build.contains("target/packages/rayshell-*-py3-none-any.whl"), build);
    String lab = first("^-r (.*)$", read(".binder/requirements.txt"));
    assertTrue(Files.exists(Project.ROOT.resolve(".binder").resolve(lab)), lab);
    assertTrue(read(".binder/start").endsWith("exec \"$@\"\n"));
    for (String each : List.of("postBuild", "start")) {
      assertTrue(Files.isExecutable(Project.ROOT.resolve(".binder").resolve(each)), each);
      try (Sandbox sandbox = new Sandbox("binder")) {
        sandbox.run("bash", "-n", Project.ROOT.resolve(".binder").resolve(each)).succeeded();
      }
    }
  }

  @Test
  void jbangsAliasIsTheInstaller() throws Exception {
    JsonObject alias =
        JsonParser.parseString(read("jbang-catalog.json"))
            .getAsJsonObject()
            .getAsJsonObject("aliases")
            .getAsJsonObject("rayshell");
    assertEquals(
        "org.rayshell:rayshell-install:" + version(), alias.get("script-ref").getAsString());
    assertEquals(release() + "+", alias.get("java").getAsString());
    // As JBang starts it: all jars on the class path, none in a folder beside the installer's.
    try (Sandbox sandbox = new Sandbox("jbang")) {
      Outcome outcome =
          sandbox.run(
              Path.of(System.getProperty("java.home"), "bin/java"),
              alias.getAsJsonArray("java-options").get(1).getAsString(),
              "-cp",
              System.getProperty("java.class.path"),
              alias.get("main").getAsString(),
              "--nonsense");
      assertEquals(2, outcome.code(), outcome::toString);
      assertTrue(outcome.onlyLine().startsWith("rayshell: "), outcome::toString);
    }
  }
}
