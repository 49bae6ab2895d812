package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.testkit.JavaKernelTest;
import org.rayshell.kernel.testkit.Run;

/** What completion offers is what the cell then means. */
class CompletionOfCellsTest extends JavaKernelTest {
  private static JsonObject complete(String code) {
    return client
        .ask("complete_request", "{'code': '" + code + "', 'cursor_pos': " + code.length() + "}")
        .content();
  }

  @Test
  void aTypeThatWasOfferedIsImportedByTheCellThatUsesIt() {
    assertTrue(error("new CRC32().getValue()").contains("Hint: import java.util.zip.CRC32;"));
    JsonObject offered = complete("new CRC3");
    assertEquals(4, offered.get("cursor_start").getAsInt());
    assertEquals("CRC32", offered.getAsJsonArray("matches").get(0).getAsString());
    Run run = ok("new CRC32().getValue()");
    assertEquals("0", run.result());
    assertEquals(
        "import java.util.zip.CRC32; was added for this session: put it into a cell to keep it\n",
        run.stream("stdout"));
    assertEquals("", run.stream("stderr"));
    assertEquals("", ok("new CRC32().getValue()").stream("stdout"), "it is said once");

    assertEquals("autoImport=off\n", ok("%config autoImport=off").stream("stdout"));
    assertEquals(
        "java.util.zip.Adler32",
        complete("new Adler3").getAsJsonArray("matches").get(0).getAsString());
    ok("%config autoImport=on");
  }
}
