package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RayJavaTest {
  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void hasABinding() throws IOException {
    jar = Files.createFile(folder.resolve("binding.jar"));
    System.setProperty("rayshell.rayApi", jar.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("rayshell.rayApi");
  }

  private Optional<Path> bindingBeside(String... classes) throws IOException {
    Path libraries = Files.createDirectory(folder.resolve("libraries"));
    for (String each : classes) {
      Path file = libraries.resolve(each);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {libraries.toUri().toURL()}, null)) {
      return RayJava.binding(loader);
    }
  }

  @Test
  void rayJavasApiIsBound() throws IOException {
    assertEquals(Optional.of(jar), bindingBeside("io/ray/api/Ray.class"));
  }

  @Test
  void otherLibrariesNeedNone() throws IOException {
    assertEquals(Optional.empty(), bindingBeside("io/ray/api/Other.class"));
  }

  @Test
  void whoBringsRaysOwnRuntimeWantsThat() throws IOException {
    assertEquals(
        Optional.empty(),
        bindingBeside("io/ray/api/Ray.class", "io/ray/runtime/DefaultRayRuntimeFactory.class"));
  }
}
