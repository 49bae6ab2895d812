package org.rayshell.kernel.assist;

import org.junit.jupiter.api.Test;
import org.rayshell.kernel.eval.Cells;

class ScratchTest {
  @Test
  void looks() throws Exception {
    StringBuilder out = new StringBuilder();
    try (Cells cells = new Cells()) {
      Completer completer = new Completer(cells.evaluator());
      cells.ok("var words = new ArrayList<String>();\nint count = 3;");
      String[] codes = {
        "words.forEach(word -> {\n  word.toUp|",
        "words.stream().map(word -> word.toUp|",
        "int f(String text) {\n  return text.len|",
        "DTFB|",
        "new CSLM|"
      };
      for (int i = 0; i < 40; i++) {
        for (String code : codes) {
          var found = completer.complete(code.replace("|", ""), code.indexOf('|'));
          out.append(found.matches().size()).append(' ');
          if (found.matches().isEmpty()) {
            String typed = code.replace("|", "").replace("toUp", "").replace("len", "");
            var t = cells.evaluator().drafts().typed(code.replace("|", ""));
            out.append(t);
            String d = typed + Suggestions.CURSOR + Brackets.closing(typed);
            out.append(d)
                .append(
                    String.valueOf(
                        cells
                            .evaluator()
                            .drafts()
                            .<Object>ask(
                                t,
                                d,
                                c ->
                                    c.unit().toString()
                                        + " at "
                                        + (Suggestions.cursor(c) == null
                                            ? null
                                            : Suggestions.cursor(c).getLeaf()))));
          }
        }
        out.append('\n');
      }
    }
    java.nio.file.Files.writeString(java.nio.file.Path.of("/tmp/p9/looks2.txt"), out);
  }
}
