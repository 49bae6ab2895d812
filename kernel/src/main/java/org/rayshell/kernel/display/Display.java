package org.rayshell.kernel.display;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.lang.ref.WeakReference;
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

  private static volatile Latest latest;

  /** What was shown last. */
  private record Latest(WeakReference<Cell> cell, String id) {}

  private Display() {}

  /** Shows a value under the calling cell; returns an id for {@link #updateDisplay}. */
  public static String display(Object value) {
    String id = pictures.show(cell(), value);
    return id != null ? shown(id) : show(value, RENDERING.render(value));
  }

  /** For the kernel: what shows refs and the like; null for nothing. */
  public static void pictures(Pictures shown) {
    pictures = shown == null ? (_, _) -> null : shown;
  }

  /** Shows a value in those MIME types, such as {@code display("<b>x</b>", "text/html")}. */
  public static String display(Object value, String... mimeTypes) {
    return show(value, RENDERING.render(value, mimeTypes));
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

  /**
   * For the kernel: whether the value is the id that the cell's latest {@code display} has given.
   * As the cell's result nobody wants to see it.
   */
  public static boolean isLatestId(Cell cell, Object value) {
    Latest known = latest;
    return known != null && known.id == value && known.cell.get() == cell;
  }

  private static String show(Object value, MimeBundle bundle) {
    boolean named = value instanceof DisplayData data && data.hasDisplayId();
    String id = named ? ((DisplayData) value).getDisplayId() : UUID.randomUUID().toString();
    cell().display(bundle, id);
    return shown(id);
  }

  private static String shown(String id) {
    latest = new Latest(new WeakReference<>(cell()), id);
    return id;
  }

  private static Cell cell() {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      throw new IllegalStateException("nothing can be shown before the first cell");
    }
    return cell;
  }
}
