package org.rayshell.kernel.display;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.NoInputException;

/**
 * Questions to the person at the notebook: its static methods are imported into every notebook; a
 * cell's own methods of these names hide them. Thread-safe: questions wait for each other.
 */
public final class Input {
  private Input() {}

  /**
   * Asks for a line; blocks until it has come.
   *
   * @throws NoInputException if the front end takes no input, or the cell has ended
   * @throws CancellationException if interrupted
   */
  public static String readLine(String prompt) {
    return ask(prompt, false);
  }

  /** As {@link #readLine}, but what is typed is not shown, nor kept in the notebook. */
  public static String readPassword(String prompt) {
    return ask(prompt, true);
  }

  private static String ask(String prompt, boolean password) {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      throw new NoInputException("nobody can be asked before the first cell");
    }
    try {
      return cell.input(prompt, password);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for input");
    } catch (IOException e) {
      throw new NoInputException(e.getMessage());
    }
  }
}
