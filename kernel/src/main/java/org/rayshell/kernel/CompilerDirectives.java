package org.rayshell.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.LoggerFactory;

/**
 * Tells the JVM to leave what compiles cells, javac and its like, to C1. That is large and runs in
 * short bursts: C2 spends more time on it than a session wins back, while cells wait. User code and
 * the libraries it uses are C2's as ever.
 *
 * <p>By way of what is behind the DiagnosticCommand MBean: an MBean server takes 150 ms of CPU to
 * start, while the first cell waits; and with a flag the JVM prints a line.
 */
final class CompilerDirectives {
  private static final String FILE = "compiler-directives.json";

  private CompilerDirectives() {}

  /** Does so on a thread of its own. A JVM that cannot is only slower. */
  static void add() {
    Thread.ofPlatform()
        .name("kernel-directives")
        .daemon()
        .start(() -> {
          try {
            Path file = Files.createTempFile("rayshell", ".json");
            try {
              try (InputStream in = CompilerDirectives.class.getResourceAsStream(FILE)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
              }
              command("Compiler.directives_add " + file);
            } finally {
              Files.deleteIfExists(file);
            }
          } catch (ReflectiveOperationException | IOException | RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(CompilerDirectives.class)
                .warn("cells compile more slowly at first: {}", e.toString());
          }
        });
  }

  /** Runs a command as {@code jcmd} does. */
  private static void command(String line) throws ReflectiveOperationException {
    // Each loads the native code of the next.
    Class.forName("sun.management.ManagementFactoryHelper");
    Class.forName("com.sun.management.internal.PlatformMBeanProviderImpl");
    Class<?> management = Class.forName("sun.management.VMManagement");
    Constructor<?> ofJvm =
        Class.forName("sun.management.VMManagementImpl").getDeclaredConstructor();
    Class<?> commands = Class.forName("com.sun.management.internal.DiagnosticCommandImpl");
    Constructor<?> of = commands.getDeclaredConstructor(management);
    Method execute = commands.getDeclaredMethod("executeDiagnosticCommand", String.class);
    ofJvm.setAccessible(true);
    of.setAccessible(true);
    execute.setAccessible(true);
    execute.invoke(of.newInstance(ofJvm.newInstance()), line);
  }
}
