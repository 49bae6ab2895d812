package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ray Java's API among a session's libraries: what binds it to this runtime must be beside it, in
 * the same class loader, and nobody can be expected to know. Without state.
 */
final class RayJava {
  /** What is said when it is bound. */
  static final String NOTE =
      "programs of Ray Java run on RayShell here: tasks, objects, wait and options of io.ray.api.Ray";

  private static final String API = "io/ray/api/Ray.class";
  private static final String RUNTIME = "io/ray/runtime/DefaultRayRuntimeFactory.class";

  /** The jar that came with the kernel. */
  private static final String PROPERTY = "rayshell.rayApi";

  private RayJava() {}

  /** What is to be added; empty without that API, and where it has a runtime already. */
  static Optional<Path> binding(ClassLoader libraries) {
    String jar = System.getProperty(PROPERTY);
    return jar != null
            && libraries.getResource(API) != null
            && libraries.getResource(RUNTIME) == null
            && Files.isRegularFile(Path.of(jar))
        ? Optional.of(Path.of(jar))
        : Optional.empty();
  }
}
