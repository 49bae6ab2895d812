package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.zip.ZipFile;
import org.rayshell.kernel.eval.Evaluator;

/**
 * What cells add to the class path, and the magics that these libraries bring: a library names its
 * own in {@code META-INF/services/org.rayshell.kernel.magic.Magic}. Thread-safe.
 */
final class LibraryPath {
  private final Evaluator java;
  private final Magics magics;
  // Guarded by this: the classes of magics that are there already.
  private final Set<String> brought = new HashSet<>();

  LibraryPath(Evaluator java, Magics magics) {
    this.java = java;
    this.magics = magics;
  }

  /** What was added so far. */
  List<Path> added() {
    return java.addedClassPath();
  }

  /**
   * Adds jars and folders, tells which magics they bring, and what is wrong with others.
   *
   * @throws MagicException if one is no jar: nothing would compile any more with it; none is added
   */
  synchronized void add(List<Path> entries, MagicCall call) throws MagicException {
    if (entries.isEmpty()) {
      return;
    }
    for (Path each : entries) {
      check(each);
    }
    java.addToClassPath(entries.toArray(Path[]::new));
    RayJava.binding(java.loader())
        .ifPresent(binding -> {
          java.addToClassPath(binding);
          call.println(RayJava.NOTE);
        });
    Iterator<Magic> found = ServiceLoader.load(Magic.class, java.loader()).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        bring(found.next(), call);
      } catch (ServiceConfigurationError | RuntimeException e) {
        call.cell().stream(true, "a magic of a library cannot be used: " + e.getMessage() + "\n");
      }
    }
  }

  private static void check(Path entry) throws MagicException {
    if (Files.isDirectory(entry)) {
      return;
    }
    try (ZipFile jar = new ZipFile(entry.toFile())) {
      jar.size();
    } catch (IOException e) {
      throw new MagicException(entry + " is no jar, so nothing was added: " + e.getMessage(), e);
    }
  }

  private void bring(Magic magic, MagicCall call) {
    if (!brought.add(magic.getClass().getName())) {
      return;
    }
    String written = (magic.forms().contains(Magic.Form.LINE) ? "%" : "%%") + magic.name();
    if (magics.named(magic.name()) != null) {
      call.cell().stream(
          true, written + " of " + magic.getClass().getName() + " is left out: there is one\n");
      return;
    }
    magics.register(magic);
    call.println("there is " + written + " now: " + magic.summary());
  }
}
