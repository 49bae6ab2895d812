package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Libraries by Maven from a repository that is a server; it stands for all others as a mirror. */
@DisabledIfSystemProperty(
    named = "rayshell.internals",
    matches = "false",
    disabledReason = "once is enough: nothing here depends on how cells are compiled")
class MavenServerTest {
  private MavenHome home;
  private HttpServer server;
  private FolderRepository repository;
  private MagicCells cells;

  @TempDir Path folder;

  @BeforeEach
  void serve() throws IOException {
    repository = new FolderRepository(Files.createDirectory(folder.resolve("repository")));
    server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            repository.folder(),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    home =
        new MavenHome(
            folder,
            "<mirrors><mirror><id>all</id><mirrorOf>*</mirrorOf><url>"
                + address()
                + "</url></mirror></mirrors>");
    repository.add("leaf", "");
    repository.add("stem", "leaf");
    cells = new MagicCells();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @AfterEach
  void restore() {
    cells.close();
    server.stop(0);
    home.close();
  }

  private String jars() {
    return cells.java.addedClassPath().stream()
        .map(each -> each.getFileName().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void isAskedOnceAndThenNotNeeded() throws Exception {
    String shown = cells.ok("%maven --repo mine=" + address() + " t:stem:1").shown("text/plain");
    assertTrue(shown.startsWith("added 2 jars, fetched "), shown);
    assertEquals("stem-1.jar leaf-1.jar", jars());
    server.stop(0);
    try (MagicCells later = new MagicCells()) {
      shown = later.ok("%maven --offline t:stem:1").shown("text/plain");
      assertEquals("added 2 jars", shown);
      String missing = later.error("%maven --offline t:never:1");
      assertTrue(missing.contains("t:never:") && missing.contains("offline"), missing);
      String refused = later.error("%maven t:never:1");
      assertTrue(refused.contains("t:never:"), refused);
    }
  }

  @Test
  void exclusionsAndVersionsOfABomHold() throws Exception {
    cells.ok("%mavenRepo mine " + address());
    cells.ok("%maven --exclude t:leaf t:stem:1");
    assertEquals("stem-1.jar", jars());
    repository.add(
        "versions",
        "pom",
        "<dependencyManagement><dependencies>"
            + FolderRepository.dependency("leaf", "1")
            + "</dependencies></dependencyManagement>",
        Map.of());
    cells.ok("%maven t:versions:1@pom t:leaf");
    assertEquals("stem-1.jar leaf-1.jar", jars());
    String missing = cells.error("%maven t:never:1");
    assertTrue(missing.contains("t:never:"), missing);
  }

  @Test
  void theSpellingsOfOtherKernelsAreTaken() throws Exception {
    cells.ok("%addMavenRepo mine " + address());
    cells.ok("%addMavenDependencies -v t#leaf;1");
    assertEquals("leaf-1.jar", jars());
    cells.ok(
        "%%loadFromPOM\n<repository><id>other</id><url>"
            + address()
            + "</url></repository>\n"
            + FolderRepository.dependency("stem", "1"));
    assertEquals("leaf-1.jar stem-1.jar", jars());
  }
}
