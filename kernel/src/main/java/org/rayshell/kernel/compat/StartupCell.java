package org.rayshell.kernel.compat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * The cell that runs what the environment asks for, before any front end is there: what it prints
 * and shows appears under the first cell. Thread-safe.
 */
public final class StartupCell implements Cell {
  // Guarded by this.
  private final List<Consumer<Cell>> waiting = new ArrayList<>();
  private Cell first;

  /** The first cell runs: it gets what has been printed, and what is printed from now on. */
  public synchronized void appearUnder(Cell cell) {
    if (first == null) {
      first = cell;
      waiting.forEach(each -> each.accept(cell));
      waiting.clear();
    }
  }

  private synchronized void publish(Consumer<Cell> output) {
    if (first == null) {
      waiting.add(output);
    } else {
      output.accept(first);
    }
  }

  @Override
  public int count() {
    return 0;
  }

  @Override
  public String label() {
    return "the startup script";
  }

  @Override
  public boolean silent() {
    return true;
  }

  @Override
  public boolean attended() {
    return false;
  }

  @Override
  public void stream(boolean stderr, String text) {
    publish(cell -> cell.stream(stderr, text));
  }

  @Override
  public void display(MimeBundle bundle, String displayId) {
    publish(cell -> cell.display(bundle, displayId));
  }

  @Override
  public void updateDisplay(MimeBundle bundle, String displayId) {
    publish(cell -> cell.updateDisplay(bundle, displayId));
  }

  @Override
  public void clearOutput(boolean wait) {
    publish(cell -> cell.clearOutput(wait));
  }

  @Override
  public String input(String prompt, boolean password) throws IOException {
    throw new IOException("nobody can be asked before the first cell");
  }
}
