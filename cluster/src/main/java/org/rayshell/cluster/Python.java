package org.rayshell.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rayshell.RayException;

/** A Python interpreter, which can be asked where a package is. Immutable. */
record Python(Path program) {
  private static final int PATIENCE_SECONDS = 10;

  // The folder in which it is asked has no say, and a folder of that name without code is no
  // package.
  private static final String WHERE =
      """
      import sys
      sys.path = [p for p in sys.path if p]
      import importlib.util
      spec = importlib.util.find_spec(sys.argv[1])
      print(spec.submodule_search_locations[0] if spec and spec.origin else "")
      """;

  /**
   * What it said.
   *
   * @param folder the package's, if it has one
   * @param reason why there is none, after the program's name; or empty
   */
  record Answer(Optional<Path> folder, String reason) {
    private static Answer none(String reason) {
      return new Answer(Optional.empty(), reason);
    }
  }

  /** Those that the environment names, the one that counts most first, and each once. */
  static List<Python> candidates(Map<String, String> environment) {
    Set<Path> programs = new LinkedHashSet<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String prefix = environment.getOrDefault(variable, "");
      if (!prefix.isEmpty()) {
        programs.add(Path.of(prefix, "bin", "python"));
      }
    }
    String path = environment.getOrDefault("PATH", "");
    for (String name : List.of("python3", "python")) {
      Stream.of(path.split(":"))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, name))
          .filter(Files::isExecutable)
          .findFirst()
          .ifPresent(programs::add);
    }
    return programs.stream().map(Python::new).toList();
  }

  /** Where it would import a package from; it is not imported. Waits for 10 s at most. */
  Answer packageFolder(String name) {
    Process process;
    try {
      process =
          new ProcessBuilder(program.toString(), "-c", WHERE, name)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
    } catch (IOException e) {
      return Answer.none("cannot be run");
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Answer.none("did not answer within " + PATIENCE_SECONDS + " s");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        return Answer.none("failed with code=" + process.exitValue());
      }
      // What is printed as it starts comes first.
      String folder = said.substring(said.stripTrailing().lastIndexOf('\n') + 1).strip();
      return folder.isEmpty()
          ? Answer.none("has no package " + name)
          : new Answer(Optional.of(Path.of(folder)), "");
    } catch (IOException e) {
      return Answer.none("gave no answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RayException("interrupted while asking " + program + " for " + name, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
