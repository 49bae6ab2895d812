package org.rayshell.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rayshell.Ray;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.Engine;
import org.rayshell.kernel.session.MimeBundle;

/**
 * The cells in the documents run, one after the other, and show what they say: a block that begins
 * with {@code ```java cell}, its last line's comment being the text of the value.
 */
class DocsSnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("```java cell\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern SHOWN = Pattern.compile(".*\\S\\s+// (.*)$", Pattern.DOTALL);

  @AfterEach
  void shutdown() {
    Ray.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/user-guide.md", "docs/magics.md"})
  void cellsRunAndShowWhatTheySay(String document) throws Exception {
    List<String> blocks = blocks(document);
    assertFalse(blocks.isEmpty());
    try (Engine engine = new JavaEngine()) {
      engine.start();
      int count = 0;
      for (String block : blocks) {
        RecordingCell cell = new RecordingCell(++count);
        CurrentCell.enter(cell);
        Engine.ExecuteResult result;
        try {
          result = engine.execute(block, cell);
        } finally {
          CurrentCell.leave();
        }
        engine.beforeIdle();
        Engine.ExecuteResult.Ok ok =
            assertInstanceOf(Engine.ExecuteResult.Ok.class, result, () -> block + "\n" + result);
        Matcher shown = SHOWN.matcher(block);
        if (shown.matches()) {
          assertEquals(shown.group(1), cell.text(ok.data()), block);
        }
      }
    }
  }

  private static List<String> blocks(String document) throws Exception {
    Path here = Path.of(document);
    Path file = Files.exists(here) ? here : Path.of("..").resolve(document);
    return BLOCK.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
  }

  private record RecordingCell(int count, List<MimeBundle> displays) implements Cell {
    RecordingCell(int count) {
      this(count, new ArrayList<>());
    }

    String text(MimeBundle result) {
      MimeBundle bundle = result != null ? result : displays.getLast();
      return String.valueOf(bundle.data().get("text/plain"));
    }

    @Override
    public boolean silent() {
      return false;
    }

    @Override
    public void stream(boolean stderr, String text) {}

    @Override
    public void display(MimeBundle bundle, String displayId) {
      displays.add(bundle);
    }

    @Override
    public void updateDisplay(MimeBundle bundle, String displayId) {}

    @Override
    public void clearOutput(boolean wait) {}

    @Override
    public String input(String prompt, boolean password) {
      return "";
    }
  }
}
