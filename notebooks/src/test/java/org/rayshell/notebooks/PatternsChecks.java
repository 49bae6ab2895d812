package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the notebook on patterns has to show: of its pictures what does not hang on the load. */
final class PatternsChecks extends NotebookChecks {
  PatternsChecks(Notebook notebook) {
    super(notebook);
  }

  @Override
  void checks() {
    report("map-reduce", 15);
    result("map-reduce", "\\[word0=254712, word1=170934, word2=143779\\]");
    report("ray-tree", 7);
    result("ray-tree", "283146");
    shows("ray-tree", "7 tasks on [3-7] workers");
    report("ray-tree-better", 4);
    result("ray-tree-better", "283146");
    for (String pipeline : new String[] {"barrier", "chain"}) {
      report(pipeline, 12);
      result(pipeline, "\\[11, 21, 31, 41\\]");
    }
    prints("in-order", "slow after \\d{4,} ms\n(?:[abc] after \\d{4,} ms\n){3}");
    prints("as-ready", "(?s)[abc] after .*\n.*slow after .*|slow after .*");
    report("as-ready", 4);
    report("window", 12);
    result("window", "78");
    prints("ray-stream", "1 after .*\n4 after .*\n9 after .*\n16 after .*\n25 after .*\n");
    report("ray-loop", 4);
    result("ray-loop", "800");
    shows("ray-loop", "Tasks ran one after another: Ray\\.get directly follows each call\\.");
    check("ray-loop", cell -> assertTrue(speedUp(cell) <= 1, cell::shows));
    report("ray-loop-better", 4);
    result("ray-loop-better", "800");
    check("ray-loop-better", cell -> assertTrue(speedUp(cell) > 1, cell::shows));
    report("ray-small", 4_000);
    result("ray-small", "550");
    shows("ray-small", "cost more to send than to run; batch them\\.");
    report("ray-small-better", 4);
    result("ray-small-better", "550");
    result("plain", "550");
    report("ray-capture", 16);
    result("ray-capture", "8\\.87\\d*");
    report("ray-capture-better", 16);
    result("ray-capture-better", "8\\.87\\d*");
  }
}
