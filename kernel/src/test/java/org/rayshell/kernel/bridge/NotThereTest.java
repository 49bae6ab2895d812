package org.rayshell.kernel.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rayshell.kernel.eval.Cells;
import org.rayshell.kernel.eval.EvalResult;

/** What of Ray is not there is refused, in the words that docs/semantics.md gives. */
class NotThereTest {
  private static final Path PAGE = Path.of("..", "docs", "semantics.md");
  private static final String SECTION = "\n## Not there\n";

  /** {@code | what | `code` | `message` | instead |}. */
  private static final Pattern ROW =
      Pattern.compile("\\| [^|]+ \\| `([^`]+)` \\| `([^`]+)` \\| .*");

  @Test
  void whatIsNotThereIsRefusedInTheWordsOfThePage() throws IOException {
    List<String> rows = rows();
    List<String> wrong = new ArrayList<>();
    try (Cells cells = new Cells(SnippetCode.evaluator())) {
      cells.ok(
          """
          @Remote int f(int n) { return n; }
          class Counter {}
          ObjectRef<Integer> ref;
          ObjectRefGenerator<Integer> generator;
          """);
      for (String row : rows) {
        Matcher cell = ROW.matcher(row);
        assertTrue(cell.matches(), row);
        String said = said(cells.run(cell.group(1)));
        if (!saysInOrder(said, cell.group(2))) {
          wrong.add(row + "\n  but it is refused by: " + said);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> rows() throws IOException {
    String page = Files.readString(PAGE);
    assertTrue(page.contains(SECTION), "no section:" + SECTION);
    List<String> rows =
        page.substring(page.indexOf(SECTION)).lines().filter(line -> line.startsWith("|")).toList();
    assertTrue(rows.size() > 2, rows::toString);
    // Without the head of the table.
    return rows.subList(2, rows.size());
  }

  private static String said(EvalResult result) {
    String text =
        switch (result) {
          case EvalResult.Rejected rejected -> rejected.problems().getFirst().message();
          case EvalResult.Threw threw -> threw.exception().getMessage();
          default -> "nothing: " + result;
        };
    return text.replaceAll("\\s+", " ");
  }

  /** Whether the text has all that stands between the three dots. */
  private static boolean saysInOrder(String text, String message) {
    int from = 0;
    for (String part : message.split(" … ")) {
      int at = text.indexOf(part, from);
      if (at < 0) {
        return false;
      }
      from = at + part.length();
    }
    return true;
  }
}
