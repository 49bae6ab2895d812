package org.rayshell.kernel.display;

import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.UUID;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * What cells call to show something: its static methods are imported into every notebook.
 * Thread-safe.
 */
public final class Display {
  private static final Rendering RENDERING = new Rendering();
  private static volatile Pictures pictures = (_, _) -> null;

  /** Shows values that have a picture of their own, which may go on changing. */
  public interface Pictures {
    /** Shows the value under the cell and tells the display's id; null if it has no picture. */
    String show(Cell cell, Object value);
  }

  private Display() {}

  /** Shows a value under the calling cell; returns a handle to update it by. */
  public static DisplayHandle display(Object value) {
    String id = pictures.show(cell(), value);
    return id != null ? new DisplayHandle(id) : show(RENDERING.render(value));
  }

  /** For the kernel: what shows refs and the like; null for nothing. */
  public static void pictures(Pictures shown) {
    pictures = shown == null ? (_, _) -> null : shown;
  }

  /** Shows a value in those MIME types, such as {@code display("<b>x</b>", "text/html")}. */
  public static DisplayHandle display(Object value, String... mimeTypes) {
    return show(RENDERING.render(value, mimeTypes));
  }

  /** Replaces what {@link #display} showed. */
  public static void updateDisplay(String id, Object value) {
    cell().updateDisplay(RENDERING.render(value), id);
  }

  /** Replaces what {@link #display} showed, in those MIME types. */
  public static void updateDisplay(String id, Object value, String... mimeTypes) {
    cell().updateDisplay(RENDERING.render(value, mimeTypes), id);
  }

  /** Clears the cell's output, at once or when the next comes. */
  public static void clearOutput(boolean wait) {
    cell().clearOutput(wait);
  }

  /**
   * Where types are registered: {@code renderer().createRegistration(Point.class)
   * .preferring(MIMEType.TEXT_HTML).register((point, context) -> …)}.
   */
  public static Renderer renderer() {
    return RENDERING.renderer();
  }

  /** For the kernel: renders as cells see it. */
  public static Rendering rendering() {
    return RENDERING;
  }

  private static DisplayHandle show(MimeBundle bundle) {
    String id = UUID.randomUUID().toString();
    cell().display(bundle, id);
    return new DisplayHandle(id);
  }

  private static Cell cell() {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      throw new IllegalStateException("nothing can be shown before the first cell");
    }
    return cell;
  }
}
