package org.rayshell.kernel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a file as jupyter_server writes it. */
class NotebookAddressTest {
  @TempDir private Path folder;
  private Path notebook;
  private final JsonObject server = new JsonObject();

  @BeforeEach
  void start() throws IOException {
    notebook = folder.resolve("root/my work/first #1.ipynb");
    Files.createDirectories(notebook.getParent());
    Files.createFile(notebook);
    server.addProperty("url", "http://localhost:8888/");
    server.addProperty("hostname", "localhost");
    server.addProperty("root_dir", folder.resolve("root").toString());
    server.addProperty("token", "secret");
    write();
  }

  private void write() throws IOException {
    Files.writeString(folder.resolve("jpserver-4711.json"), server.toString());
  }

  private Optional<NotebookAddress.Page> page(String session, String pid) {
    return NotebookAddress.of(
            Map.of("JPY_SESSION_NAME", session, "JPY_PARENT_PID", pid),
            folder.resolve("kernel-1.json"))
        .page("a-1");
  }

  private NotebookAddress.Page page() {
    return page(notebook.toString(), "4711").orElseThrow();
  }

  @Test
  void theNotebookIsNamedByItsFileOrByItsPathBelowTheServersFolder() {
    assertEquals(
        new NotebookAddress.Page(
            "http://localhost:8888/", "lab/tree/my%20work/first%20%231.ipynb#cell-id=a-1"),
        page());
    assertEquals(Optional.of(page()), page("my work/first #1.ipynb", "4711"));
  }

  @Test
  void theTokenStaysWhereItIs() {
    assertFalse(page().toString().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8888/, localhost, http://localhost:8888/",
    "https://box:8888/user/ann, 10.0.0.7, https://box:8888/user/ann/",
    "http://box:8888/base/, 0.0.0.0, http://127.0.0.1:8888/base/",
    "http://box:8888/, ::, http://127.0.0.1:8888/",
    "http+unix://%2Ftmp%2Fjupyter.sock/, localhost, "
  })
  void theAddressIsTheServersAsFarAsBrowsersHaveOne(String url, String host, String expected)
      throws IOException {
    server.addProperty("url", url);
    server.addProperty("hostname", host);
    write();
    assertEquals(expected, page().server());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Console 1", "gone.ipynb", "../outside.ipynb", "my work/a.py"})
  void whatIsNoNotebookOfTheServerHasNoPage(String session) throws IOException {
    Files.createFile(folder.resolve("outside.ipynb"));
    Files.createFile(folder.resolve("root/my work/a.py"));
    assertEquals(Optional.empty(), page(session, "4711"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4712", "../4711", "x"})
  void withoutItsServerNothingIsKnown(String pid) {
    assertEquals(Optional.empty(), page(notebook.toString(), pid));
  }

  @Test
  void aFileThatSaysSomethingElseIsNotBelieved() throws IOException {
    Path file = folder.resolve("jpserver-4711.json");
    for (String text :
        new String[] {"", "[]", "{}", "{\"url\": {}}", "{\"root_dir\": \"\\u0000\"}"}) {
      Files.writeString(file, text);
      assertEquals(Optional.empty(), page(notebook.toString(), "4711"), text);
    }
  }

  @Test
  void otherFrontEndsTellNothing() {
    NotebookAddress address = NotebookAddress.of(Map.of(), folder.resolve("kernel-1.json"));
    assertEquals(Optional.empty(), address.page("a-1"));
    assertEquals(Optional.empty(), NotebookAddress.UNKNOWN.page("a-1"));
  }

  @Test
  void aCellWithoutANameHasNoPage() {
    assertNull(
        NotebookAddress.of(
                Map.of("JPY_SESSION_NAME", notebook.toString(), "JPY_PARENT_PID", "4711"),
                folder.resolve("kernel-1.json"))
            .page(null)
            .orElse(null));
  }
}
