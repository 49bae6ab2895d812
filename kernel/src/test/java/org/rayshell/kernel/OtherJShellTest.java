package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.TestClient;

/** A kernel on a JDK whose JShell looks different inside, however early or late that shows. */
class OtherJShellTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"outerMap", "suspendIndexing", "asLetters", "resumeIndexing"})
  void theSessionIsTheSameAndWhatIsMissingIsSaid(String member) throws IOException {
    writeWithout(member);
    try (KernelProcess kernel =
            KernelProcess.start(
                JavaEngine.class,
                "-Drayshell.internals=true",
                "--patch-module=jdk.jshell=" + folder);
        TestClient client = TestClient.connect(kernel)) {
      assertEquals("2", client.execute("1 + 1").result());
      assertEquals("7", client.execute("int seven() { return 7; }\nvar x = seven(); x").result());
      assertEquals("14", client.execute("class A { int v = 2 * x; }\nnew A().v").result());
      assertTrue(
          client
              .ask("complete_request", "{'code': 'seve', 'cursor_pos': 4}")
              .content()
              .getAsJsonArray("matches")
              .toString()
              .contains("seven"));
      List<String> said =
          kernel.stderr().lines().filter(each -> each.contains("JShell looks different")).toList();
      assertEquals(1, said.size(), kernel.stderr());
      assertTrue(said.getFirst().contains(member), said.getFirst());
    }
  }

  /** JShell's classes, with another name for that member, as a folder that patches the module. */
  private void writeWithout(String member) throws IOException {
    Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/jdk.jshell");
    Path target = Files.createDirectories(folder.resolve("jdk/jshell"));
    String other = "$" + member.substring(1);
    try (var classes = Files.list(module.resolve("jdk/jshell"))) {
      for (Path each : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
        String bytes = Files.readString(each, StandardCharsets.ISO_8859_1);
        String changed = bytes.replace(constant(member), constant(other));
        if (!changed.equals(bytes)) {
          Files.writeString(
              target.resolve(each.getFileName().toString()), changed, StandardCharsets.ISO_8859_1);
        }
      }
    }
  }

  /** As it stands in a class file. */
  private static String constant(String name) {
    return "\u0001" + (char) 0 + (char) name.length() + name;
  }
}
