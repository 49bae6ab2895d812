package org.rayshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's plain Java program compiles, runs and ends by itself. */
class ReadmeExampleTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(import [^`]*public class Squares[^`]*)```");

  @TempDir Path folder;

  @Test
  void theProgramInTheReadmeRuns() throws Exception {
    Path source = folder.resolve("Squares.java");
    Files.writeString(source, program());
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString());
    assertEquals(0, compiled);

    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                folder + File.pathSeparator + classPath,
                "Squares")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(java.waitFor(60, TimeUnit.SECONDS), "the program does not end");
    } finally {
      java.destroyForcibly().waitFor();
    }
    assertEquals("49\n", Files.readString(out), () -> read(err));
    assertEquals(0, java.exitValue(), () -> read(err));
  }

  private static String program() throws IOException {
    Path readme = Path.of("README.md");
    Path above = Path.of("..").resolve(readme);
    Matcher block = PROGRAM.matcher(Files.readString(Files.exists(above) ? above : readme));
    assertTrue(block.find(), "the README has no program");
    return block.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
