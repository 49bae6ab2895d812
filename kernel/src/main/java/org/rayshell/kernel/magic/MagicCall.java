package org.rayshell.kernel.magic;

import java.util.List;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.session.Cell;

/**
 * A magic as it was written in a cell; immutable.
 *
 * @param name without percent signs
 * @param form line or cell
 * @param words the arguments, split at blanks outside quotes
 * @param raw the arguments as they were written
 * @param text the lines below a cell magic as they were written; empty for a line magic
 * @param body the lines below a cell magic, each in its place: as many empty lines stand above them
 *     as in the cell; the arguments alone, so placed, for a line magic
 * @param cell the cell
 * @param java runs Java
 */
public record MagicCall(
    String name,
    Magic.Form form,
    List<String> words,
    String raw,
    String text,
    String body,
    Cell cell,
    JavaRunner java) {
  /** Runs Java for a magic. */
  @FunctionalInterface
  public interface JavaRunner {
    /** Runs it as part of the cell; it may hold magics of its own. */
    EvalResult run(String code, InvokeListener listener) throws Exception;
  }

  /** {@code %name} or {@code %%name}. */
  public String written() {
    return (form == Magic.Form.CELL ? "%%" : "%") + name;
  }

  /** Runs the body. */
  public EvalResult runBody(InvokeListener listener) throws Exception {
    return java.run(body, listener);
  }

  /** A line on the cell's stdout. */
  public void println(String line) {
    cell.stream(false, line + "\n");
  }
}
