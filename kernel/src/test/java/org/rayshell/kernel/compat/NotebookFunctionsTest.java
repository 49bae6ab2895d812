package org.rayshell.kernel.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rayshell.kernel.JavaEngine;
import org.rayshell.kernel.testkit.KernelProcess;
import org.rayshell.kernel.testkit.Run;
import org.rayshell.kernel.testkit.TestClient;

/** What notebooks of other kernels call, and set in the environment, in a launched kernel. */
class NotebookFunctionsTest {
  private static KernelProcess kernel;
  private static TestClient client;
  private static Run first;

  @TempDir static Path folder;

  @BeforeAll
  static void launch() throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("one.jshell"), "int fromScript = 40;\n%env FROM_SCRIPT=yes");
    Path library = Files.createDirectories(folder.resolve("library"));
    Files.writeString(library.resolve("note.txt"), "found");
    kernel =
        KernelProcess.start(
            JavaEngine.class.getName(),
            Map.of(
                "IJAVA_CLASSPATH", library.toString(),
                "IJAVA_STARTUP_SCRIPTS_PATH", scripts + "/*.jshell",
                "IJAVA_STARTUP_SCRIPT",
                    "System.out.println(\"begun\"); int twice = fromScript * 2;",
                "JJAVA_STARTUP_SCRIPT", "System.out.println(\"begun\"); int more = nothing;",
                "IJAVA_COMPILER_OPTS", "-parameters"));
    client = TestClient.connect(kernel);
    first = client.ok("fromScript + 2");
  }

  @AfterAll
  static void shutDown() {
    client.shutDown(kernel);
  }

  private static String result(String code) {
    return client.ok(code).result();
  }

  @Test
  void theEnvironmentIsHeededAndItsErrorsAreShownUnderTheFirstCell() {
    assertEquals("42", first.result());
    assertTrue(first.stream("stderr").contains("nothing"), first.stream("stderr"));
    assertEquals("yes", result("System.getenv(\"FROM_SCRIPT\")"));
    assertEquals(
        "found",
        result(
            """
            var loader = Thread.currentThread().getContextClassLoader();
            new String(loader.getResourceAsStream("note.txt").readAllBytes())
            """));
    client.ok("class Named { void call(int counted) {} }");
    assertEquals(
        "counted",
        result("Named.class.getDeclaredMethod(\"call\", int.class).getParameters()[0].getName()"));
  }

  @Test
  void displaysHaveIdsThatAreStrings() {
    Run shown =
        client.ok(
            "String id = display(\"<b>3</b>\", \"text/html\");\nupdateDisplay(id, \"<b>2</b>\", \"text/html\");");
    JsonObject update = shown.contents("update_display_data").getFirst();
    assertEquals("<b>2</b>", update.getAsJsonObject("data").get("text/html").getAsString());
    assertNull(result("display(\"shown\")"), "its id is nobody's result");
    assertNotNull(result("id"));
    client.ok("updateDisplay(id, \"<b>1</b>\", \"text/html\", \"text/markdown\");");
  }

  @Test
  void valuesAreRendered() {
    Run run = client.ok("String text = \"**bold**\";\nrender(text, \"text/markdown\")");
    JsonObject data = run.contents("execute_result").getFirst().getAsJsonObject("data");
    assertEquals("**bold**", data.get("text/markdown").getAsString());
    assertEquals(
        "7",
        result(
            """
            import io.github.spencerpark.jupyter.kernel.display.DisplayData;
            import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
            DisplayData seven = render(7);
            seven.putHTML("<i>7</i>");
            getKernelInstance().display(seven);
            seven.getData(MIMEType.TEXT_PLAIN)
            """));
  }

  @Test
  void codeIsEvaluatedInTheSession() {
    client.ok("int base = 5;");
    assertEquals("8", result("(int) eval(\"base + 1\") + 2"));
    assertEquals("6", result("eval(\"int made = 6;\"); (int) eval(\"made\")"));
    assertEquals("null", result("eval(\"base = 5;\")"));
    assertTrue(client.ok("eval(\"%who int\");").stream("stdout").contains("base"));
    assertTrue(client.fails("eval(\"nothing + 1\")").error().contains("does not compile"));
    String thrown = client.fails("eval(\"throw new java.io.IOException(\\\"gone\\\");\")").error();
    assertTrue(
        thrown.startsWith("java.io.IOException: gone") || thrown.startsWith("IOException"), thrown);
    assertEquals("6", result("(int) kernel().evalRaw(\"base\") + 1"));
  }

  @Test
  void codeThatIsEvaluatedIsInterruptedWithItsCell() {
    String id = client.sendExecute("eval(\"System.out.println(\\\"there\\\"); while (true) {}\");");
    client.awaitOutput(id);
    client.askControl("interrupt_request", "{}");
    assertEquals("error", client.awaitAmongOthers(id).status());
    assertEquals("2", result("1 + 1"));
  }

  @Test
  void magicsHaveValues() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    try (var jar = new ZipOutputStream(Files.newOutputStream(jars.resolve("a.jar")))) {
      jar.putNextEntry(new ZipEntry("META-INF/"));
    }
    Files.writeString(jars.resolve("b.txt"), "");
    String broken = client.fails("%jars " + jars.resolve("b.txt")).error();
    assertTrue(broken.contains("b.txt is no jar"), broken);
    assertEquals("1", result("List<String> added = %jars " + jars + "\nadded.size()"));
    assertEquals("1", result("List<String> again = %jars " + jars + "/*.jar;\nagain.size()"));
    assertEquals("x = %d", result("String format = \"x = %d\";\nformat"));
    client.ok("printf(\"%d%n\", 7);");
    assertTrue(client.ok("lineMagic(\"pwd\", List.of());").stream("stdout").contains("/"));
    assertTrue(client.fails("lineMagic(\"nosuch\", List.of());").error().contains("%nosuch"));
    client.ok("cellMagic(\"html\", List.of(), \"<b>x</b>\");");
  }

  @Test
  void cellsRegisterMagicsAndRenderers() {
    client.ok(
        """
        import io.github.spencerpark.jupyter.kernel.magic.registry.*;
        public class Shouting {
          @LineMagic public static String shout(List<String> words) {
            return String.join(" ", words).toUpperCase() + "!";
          }
          @CellMagic(aliases = "louder") public static String loud(List<String> words, String body) {
            return body.toUpperCase();
          }
        }
        getKernelInstance().getMagics().registerMagics(Shouting.class);
        """);
    assertEquals("GOOD DAY!", result("%shout good day"));
    assertEquals("YOU", result("%%louder\nyou"));
    client.ok(
        """
        import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
        record Point(int x, int y) {}
        getKernelInstance().getRenderer().createRegistration(Point.class)
            .preferring(MIMEType.TEXT_HTML)
            .register((point, context) -> context.renderIfRequested(
                MIMEType.TEXT_HTML, () -> "<b>" + point.x() + "</b>"));
        """);
    JsonObject shown =
        client.ok("new Point(3, 4)").contents("execute_result").getFirst().getAsJsonObject("data");
    assertEquals("<b>3</b>", shown.get("text/html").getAsString());
  }
}
