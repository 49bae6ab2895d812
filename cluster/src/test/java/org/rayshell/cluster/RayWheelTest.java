package org.rayshell.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.RayException;
import org.rayshell.cluster.testing.RayEnvironment;

/** Most Pythons here are scripts that say what a real one would. */
class RayWheelTest {
  @TempDir private Path folder;

  @Test
  void jarGiven() throws IOException {
    Path jar = wheel("site-packages", "2.60.0");
    assertEquals(new RayWheel(jar, "2.60.0"), RayWheel.at(jar));
    Path alone = Files.copy(jar, folder.resolve("ray_dist.jar"));
    assertEquals(new RayWheel(alone, ""), RayWheel.at(alone));
  }

  @Test
  void folderGiven() throws IOException {
    Path jar = wheel("venv/lib/python3.11/site-packages", "2.49.2");
    RayWheel wheel = new RayWheel(jar, "2.49.2");
    assertEquals(wheel, RayWheel.at(folder.resolve("venv/lib/python3.11/site-packages")));
    assertEquals(wheel, RayWheel.at(folder.resolve("venv")));
  }

  @Test
  void nothingAtThePathGiven() {
    Path given = folder.resolve("nowhere");
    assertEquals(
        "no Ray for Java at path="
            + given
            + ": expected ray_dist.jar, or a folder with ray/jars/ray_dist.jar, which pip install"
            + " 'ray[default]' installs",
        message(() -> RayWheel.at(given)));
  }

  @Test
  void activeEnvironmentComesFirst() throws IOException {
    Path venv = wheel("one", "2.60.0");
    Path conda = wheel("two", "2.50.0");
    Path path = wheel("three", "2.40.0");
    python("venv/bin/python", "echo " + packageOf(venv));
    python("conda/bin/python", "echo " + packageOf(conda));
    python("bin/python3", "echo " + packageOf(path));
    String bin = folder.resolve("bin").toString();
    String condaPrefix = folder.resolve("conda").toString();
    assertEquals(
        "2.60.0",
        RayWheel.find(
                Map.of(
                    "PATH",
                    bin,
                    "CONDA_PREFIX",
                    condaPrefix,
                    "VIRTUAL_ENV",
                    folder.resolve("venv").toString()))
            .version());
    assertEquals(
        "2.50.0", RayWheel.find(Map.of("PATH", bin, "CONDA_PREFIX", condaPrefix)).version());
    assertEquals(new RayWheel(path, "2.40.0"), RayWheel.find(Map.of("PATH", bin)));
  }

  @Test
  void nextPythonIsAsked() throws IOException {
    Path jar = wheel("one", "2.60.0");
    python("bin/python3", "echo");
    python("other/python3", "echo not asked; exit 1");
    python("other/python", "echo a greeting; echo " + packageOf(jar));
    String path = folder.resolve("bin") + "::" + folder.resolve("other");
    assertEquals(new RayWheel(jar, "2.60.0"), RayWheel.find(Map.of("PATH", path)));
  }

  @Test
  void noneHasRay() throws IOException {
    python("bin/python3", "echo");
    python("bin/python", "exit 3");
    Path bin = folder.resolve("bin");
    assertEquals(
        "no Ray for Java found: looked for ray/jars/ray_dist.jar by VIRTUAL_ENV, CONDA_PREFIX, and"
            + " python3 and python on the PATH ("
            + folder.resolve("gone/bin/python")
            + " cannot be run, "
            + bin.resolve("python3")
            + " has no package ray, "
            + bin.resolve("python")
            + " failed with code=3); pip install 'ray[default]'",
        message(() ->
            RayWheel.find(
                Map.of("VIRTUAL_ENV", folder.resolve("gone").toString(), "PATH", bin.toString()))));
    assertTrue(message(() -> RayWheel.find(Map.of())).contains("(no Python there)"));
  }

  @Test
  void builtWithoutJava() throws IOException {
    Path jar = wheel("one", "2.60.0");
    Files.delete(jar);
    Path python = python("bin/python3", "echo " + packageOf(jar));
    assertEquals(
        "Ray 2.60.0 of "
            + python
            + " was built without Java: no "
            + jar
            + "; PyPI's wheels for Linux have it: pip install 'ray[default]'",
        message(() -> RayWheel.find(Map.of("PATH", folder.resolve("bin").toString()))));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void realWheel() throws IOException {
    RayEnvironment ray = RayEnvironment.get();
    RayWheel wheel = RayWheel.find(Map.of("VIRTUAL_ENV", ray.folder().toString()));
    assertTrue(Files.size(wheel.jar()) > 1_000_000, wheel::toString);
    assertTrue(wheel.version().startsWith("2."), wheel::toString);
    assertEquals(ray.wheel(), wheel);
  }

  private static String message(Runnable search) {
    return assertThrows(RayException.class, search::run).getMessage();
  }

  /** A package as wheels have it, in that folder; its jar. */
  private Path wheel(String sitePackages, String version) throws IOException {
    Path jar = folder.resolve(sitePackages).resolve("ray/jars/ray_dist.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(
        packageOf(jar).resolve("_version.py"),
        "# A comment.\ncommit = \"b7f4259e\"\nversion = \"" + version + "\"\n");
    return Files.createFile(jar);
  }

  private static Path packageOf(Path jar) {
    return jar.getParent().getParent();
  }

  private Path python(String path, String script) throws IOException {
    Path program = folder.resolve(path);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertTrue(program.toFile().setExecutable(true));
    return program;
  }
}
