package org.rayshell.kernel.widget;

import java.util.List;
import java.util.concurrent.Callable;
import org.rayshell.kernel.display.Display;

/**
 * A function whose value is shown anew whenever a control of its arguments changes. Thread-safe.
 */
public final class Interaction {
  private final Output output = new Output();
  private final Callable<?> function;

  private Interaction(Callable<?> function) {
    this.function = function;
  }

  /** The controls with what the function shows below; runs it for the first time. */
  public static Box of(List<Control<?, ?>> controls, Callable<?> function) {
    Interaction interaction = new Interaction(function);
    // One for all: what comes while the function is at work makes it run once more.
    Trigger trigger = new Trigger(interaction::run, interaction.output);
    controls.forEach(each -> each.onAny(trigger));
    Box box = Box.column(List.copyOf(controls)).add(interaction.output);
    interaction.run();
    return box;
  }

  private void run() {
    output.replace(() -> {
      try {
        Object value = function.call();
        if (value != null) {
          Display.display(value);
        }
      } catch (Exception e) {
        e.printStackTrace();
      }
    });
  }
}
