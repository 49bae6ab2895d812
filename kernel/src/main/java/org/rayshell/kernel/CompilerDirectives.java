package org.rayshell.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/**
 * Tells the JVM to leave what compiles cells, javac and its like, to C1. That is large and runs in
 * short bursts: C2 spends more time on it than a session wins back, while cells wait. User code and
 * the libraries it uses are C2's as ever.
 */
final class CompilerDirectives {
  private static final String FILE = "compiler-directives.json";

  private CompilerDirectives() {}

  /** Does so on a thread of its own, since it takes a while. A JVM that cannot is only slower. */
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
              // By way of the MBean and not of a flag, with which the JVM prints a line.
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "compilerDirectivesAdd",
                      new Object[] {new String[] {file.toString()}},
                      new String[] {String[].class.getName()});
            } finally {
              Files.deleteIfExists(file);
            }
          } catch (JMException | IOException | RuntimeException e) {
            LoggerFactory.getLogger(CompilerDirectives.class)
                .warn("cells compile more slowly at first: {}", e.toString());
          }
        });
  }
}
