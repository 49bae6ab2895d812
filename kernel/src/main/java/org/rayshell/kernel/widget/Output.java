package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.Objects;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.ForwardingCell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * A place of the page for what a block prints and displays, with the threads that the block starts.
 * The kernel keeps it, so that it is there after a reload, and displays in it go on being updated.
 * Of printed text the last 100,000 characters are kept. Thread-safe.
 */
public final class Output extends Widget<Output> {
  private static final String OUTPUTS = "outputs";

  // Guarded by this.
  private final Outputs outputs = new Outputs();
  private boolean clearsFirst;
  private Capture replacing;

  /** Empty. */
  public Output() {
    super("@jupyter-widgets/output", "1.0.0", "OutputModel", "OutputView");
    set(OUTPUTS, JsonNull.INSTANCE);
  }

  /**
   * Runs the block; what it prints and displays comes here and not under the cell.
   *
   * @throws E what the block throws
   * @throws IllegalStateException before the first cell
   */
  public <E extends Exception> Output capture(Block<E> block) throws E {
    run(new Capture(cell()), block);
    return this;
  }

  /**
   * As {@link #capture}, in the place of what was here; that stays until there is something new, or
   * the block ends. What a block before this one still prints is dropped.
   *
   * @throws E what the block throws
   */
  public <E extends Exception> Output replace(Block<E> block) throws E {
    Capture capture = new Capture(cell());
    synchronized (this) {
      if (replacing != null) {
        replacing.over = true;
      }
      replacing = capture;
      clearsFirst = true;
    }
    try {
      run(capture, block);
    } finally {
      boolean empty;
      synchronized (this) {
        empty = clearsFirst && replacing == capture;
      }
      if (empty) {
        clear();
      }
    }
    return this;
  }

  private static <E extends Exception> void run(Capture capture, Block<E> block) throws E {
    Cell before = CurrentCell.swap(capture);
    try {
      block.run();
    } finally {
      CurrentCell.swap(before);
    }
  }

  private static Cell cell() {
    Cell cell = CurrentCell.get();
    if (cell == null) {
      throw new IllegalStateException("nothing can be captured before the first cell");
    }
    return cell;
  }

  /** Empties it. */
  public Output clear() {
    synchronized (this) {
      clearsFirst = false;
      outputs.clear();
    }
    changed(OUTPUTS);
    return this;
  }

  /** What it holds, as text. */
  public synchronized String text() {
    return outputs.text();
  }

  @Override
  JsonElement encode(String key) {
    return key.equals(OUTPUTS) ? outputs.json() : super.encode(key);
  }

  @Override
  synchronized int chars() {
    return outputs.chars();
  }

  @Override
  public String toString() {
    String text = text().stripTrailing();
    return text.isEmpty() ? "Output()" : text;
  }

  /** The cell of what runs in a block. */
  private final class Capture extends ForwardingCell {
    // Guarded by the output.
    private boolean over;

    Capture(Cell outer) {
      super(outer);
    }

    private void change(Runnable change) {
      synchronized (Output.this) {
        if (over) {
          return;
        }
        if (clearsFirst) {
          clearsFirst = false;
          outputs.clear();
        }
        change.run();
      }
      changed(OUTPUTS);
    }

    @Override
    public void stream(boolean stderr, String text) {
      change(() -> outputs.print(stderr, text));
    }

    @Override
    public void display(MimeBundle bundle, String displayId) {
      change(() -> outputs.show(bundle, displayId));
    }

    @Override
    public void updateDisplay(MimeBundle bundle, String displayId) {
      Objects.requireNonNull(displayId, "displayId");
      boolean here;
      boolean gone;
      synchronized (Output.this) {
        here = outputs.update(bundle, displayId);
        gone = over;
      }
      if (here) {
        changed(OUTPUTS);
      } else if (!gone) {
        super.updateDisplay(bundle, displayId);
      }
    }

    @Override
    public void clearOutput(boolean wait) {
      synchronized (Output.this) {
        if (over) {
          return;
        }
        clearsFirst = true;
      }
      if (!wait) {
        clear();
      }
    }
  }
}
