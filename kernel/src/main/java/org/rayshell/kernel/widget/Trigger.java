package org.rayshell.kernel.widget;

import java.util.concurrent.atomic.AtomicBoolean;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.Handlers;

/**
 * Runs a handler when something has changed. It waits at most once: what changes while it waits it
 * finds when it runs, and what changes while it runs makes it run once more. Thread-safe.
 */
final class Trigger {
  private final Handlers.Code code;
  private final Widget<?> widget;
  private final Cell cell = CurrentCell.get();
  private final AtomicBoolean waits = new AtomicBoolean();

  /** Runs the code under the cell that shows the widget. */
  Trigger(Handlers.Code code, Widget<?> widget) {
    this.code = code;
    this.widget = widget;
  }

  /** Something has changed. */
  void pull() {
    if (waits.compareAndSet(false, true)) {
      Handlers.run(
          "widget",
          widget.home(cell),
          () -> {
            waits.set(false);
            code.run();
          });
    }
  }
}
