package org.rayshell.kernel.session;

import java.io.PrintStream;
import org.rayshell.kernel.channel.Log;

/**
 * Standard streams that belong to cells: what a thread prints goes to its cell, what it reads is
 * asked of the person at the front end. Native output and children's is not touched.
 */
final class CellStreams {
  private CellStreams() {}

  /** Replaces the process's streams, once; the kernel's log keeps the stderr of before. */
  static void install() {
    Log.log();
    PrintStream err = System.err;
    System.setOut(new CellPrintStream(new CellOutput(false, System.out)));
    System.setErr(new CellPrintStream(new CellOutput(true, err)));
    System.setIn(new CellInput());
  }
}
