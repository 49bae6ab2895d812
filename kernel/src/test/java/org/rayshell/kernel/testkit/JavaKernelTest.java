package org.rayshell.kernel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.rayshell.kernel.JavaEngine;

/**
 * Tests of what cells do in a launched kernel with the Java engine, one for all tests of a class.
 * It ends as a front end ends it. Not thread-safe: one such class runs at a time.
 */
public abstract class JavaKernelTest {
  /** Talks to the kernel. */
  protected static TestClient client;

  private static KernelProcess kernel;

  /** Launches the kernel, before what the class itself prepares. */
  @BeforeAll
  static void launch() {
    kernel = KernelProcess.start(JavaEngine.class);
    client = TestClient.connect(kernel);
  }

  /** Shuts the kernel down; it leaves nothing. */
  @AfterAll
  static void shutDown() {
    client.shutDown(kernel);
  }

  /** Runs a cell that is to succeed. */
  protected static Run ok(String code) {
    return client.ok(code);
  }

  /** Runs a cell that is to fail: the error's name, its message, and its traceback by lines. */
  protected static String error(String code) {
    return client.fails(code).error();
  }

  /** Interrupts the cell of that id, which runs; what came of it. */
  protected static Run interrupt(String id) {
    client.askControl("interrupt_request", "{}");
    Run run = client.awaitAmongOthers(id);
    assertEquals("error", run.status(), run::toString);
    return run;
  }

  /** The HTML of a display or a result. */
  protected static String html(JsonObject content) {
    return content.getAsJsonObject("data").get("text/html").getAsString();
  }

  /** The plain text of a display or a result. */
  protected static String text(JsonObject content) {
    return content.getAsJsonObject("data").get("text/plain").getAsString();
  }
}
