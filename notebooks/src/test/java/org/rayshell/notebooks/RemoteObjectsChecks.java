package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** What the notebook on remote objects has to show. */
final class RemoteObjectsChecks extends NotebookChecks {
  private final Notebook notebook;

  RemoteObjectsChecks(Notebook notebook) {
    super(notebook);
    this.notebook = notebook;
  }

  @Override
  void checks() {
    result("put", REF);
    shows("objects", "double\\[10000000\\] +80 MB +stored +driver +driver +In \\[2\\]");
    prints("change", "mine:   -1\\.0\nstored: 0\\.7275636800328681\n");
    prints("get-time", "(?s).* per loop \\(mean ± std\\. dev\\. of 3 runs, 3 loops each\\)\n");
    result("view-read", "0\\.6347541516150366");
    prints("view-time", "(?s).* (μs|ns) per loop .* of 5 runs, 2,000 loops each\\)\n");
    fails("view-write", "Attempt to write a read-only segment");
    report("ray-copies", 8);
    result("ray-copies", "5000837\\.73\\d*");
    report("ray-shares", 8);
    result("ray-shares", "5000836\\.00\\d*");
    // The other worker has it, or this one; the notebook has the number alone.
    shows("keep-objects", "of signed +8 MB +stored +worker \\d+ +driver +In \\[15\\]");
    prints("kill", "worker \\d+ \\(w1\\) is killed.*\nworker \\d+ \\(w2\\) is killed.*\n");
    check(
        "again",
        cell -> {
          result(cell, "\\d+");
          assertNotEquals(
              notebook.cell("keep").shown("text/plain").getLast(),
              cell.shown("text/plain").getLast());
        });
    fails("lost", "ObjectLostException.* is lost: .*worker \\d+.* died.* maxRetries=0");
    shows("pieces", "4 MB +stored +worker (\\d+) +worker \\1 .*driver");
    result("borrowed", "500000");
    fails("owner-dies", "OwnerDiedException.* has died, and the object with it");
    check("drop-objects", cell -> assertFalse(cell.shows().contains("80 MB"), cell::shows));
    prints("free", "the value was let go by Ray\\.free; .*\n");
    shows("spilled", "(?s)(48 MB.*){6}the driver holds 288 MB; \\d+ MB of all values are on disk");
    result("spilled-get", "36000000");
    prints("shutdown", "no runtime is up, so the refs belong to a session that has ended.*\n");
  }
}
