package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the notebook on plain Java has to show. */
final class PlainJavaChecks extends NotebookChecks {
  PlainJavaChecks(Notebook notebook) {
    super(notebook);
  }

  @Override
  void checks() {
    result("first", "42");
    check("variables", cell -> assertEquals("", cell.shows()));
    result("use", "Hello, 2026!");
    prints("print", "to stdout\nthe short way\n");
    check("print", cell -> assertEquals("to stderr\n", cell.printed("stderr")));
    result("arrays", "\\[\\[2, 7, 6\\], \\[9, 5, 1\\], \\[4, 3, 8\\]\\]");
    result("fahrenheit", "98\\.6");
    shows("report", "feeling");
    result("feeling", "21[.,]0 °C, pleasant");
    result("redefine", "21[.,]0 °C, perfect for a walk");
    result("retype", "21");
    result("records", "Point\\[x=4\\.0, y=4\\.0\\]");
    result("sealed", "15\\.14159265\\d*");
    shows("text", "(?s)Oslo.*Norway.*59\\.91.*Seville.*0\\.7");
    shows("group", "(?s)Ecuador.*1\\.8.*Kenya.*4\\.4.*Norway.*0\\.7.*Spain.*4\\.0");
    shows("gather", "(?s)\\[1, 2, 3\\] = 6.*\\[6, 7, 8\\] = 21");
    check("picture", cell -> assertEquals(1, cell.shown("image/png").size()));
    check("html", cell -> assertTrue(cell.shown("text/html").getLast().endsWith("4 of 4")));
    fails("compile-error", "(?s)line 4.*city\\.population\\(\\).*\\^\\^\\^");
    fails("missing-semicolon", "(?s)line 2.*println\\(i\\).*\\^");
    fails("exception", "(?s)NumberFormatException.*\"three\".*at parse \\(In \\[20\\], line 2\\)");
    fails("cause", "(?s)the list has an empty item.*Caused by: .*NumberFormatException");
    // Who executes a notebook without anybody there has no answer.
    check(
        "ask",
        cell -> {
          if (cell.failed()) {
            finds("NoInputException.*run the cell where someone can answer", cell.shows());
          } else {
            result(cell, "Hello, .*, your name has \\d+ characters");
          }
        });
    shows("maven", "added 3 jars");
    shows("csv", "(?s)Hopper, Grace.*1906.*compilers.*Noether.*Lovelace, Ada");
    check("time", cell -> assertTrue(Times.in(cell.printed("stdout")).wallSeconds() > 0));
    for (String loop : new String[] {"timeit-plus", "timeit-builder"}) {
      prints(loop, "(?s).* per loop \\(mean ± std\\. dev\\. of 3 runs, 3,000 loops each\\)\n");
    }
    prints("bash", " *3\n");
    result("counted", "\\d+");
    result("threads", "1000");
    shows("widgets", "(?s)label=north of, value=40.*Madrid.*Oslo");
  }
}
