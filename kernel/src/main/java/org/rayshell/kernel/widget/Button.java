package org.rayshell.kernel.widget;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.Handlers;

/** A button. Thread-safe. */
public final class Button extends Widget<Button> {
  private record Click(Block<?> handler, Cell cell) {}

  private final List<Click> clicks = new CopyOnWriteArrayList<>();
  private volatile String label;

  /** With that text on it. */
  public Button(String label) {
    super(CONTROLS, VERSION, "ButtonModel", "ButtonView");
    label(label);
  }

  /** Changes the text. */
  public Button label(String text) {
    label = text;
    set("description", text);
    return this;
  }

  /** A picture before the text, by its name in Font Awesome, such as {@code "play"}. */
  public Button icon(String name) {
    set("icon", name);
    return this;
  }

  /** Its colour: primary, success, info, warning, danger, or empty. */
  public Button style(String name) {
    set("button_style", Styles.checked(name));
    return this;
  }

  /** Whether it can be clicked. */
  public Button enabled(boolean enabled) {
    set("disabled", !enabled);
    return this;
  }

  /**
   * Runs the block at each click, one after the other, on a thread of its own, also while a cell
   * runs; what it prints appears where the button was shown last.
   */
  public Button onClick(Block<?> block) {
    clicks.add(new Click(block, CurrentCell.get()));
    return this;
  }

  /** Forgets all handlers. */
  public Button removeHandlers() {
    clicks.clear();
    return this;
  }

  @Override
  void happened(String event) {
    if (event.equals("click")) {
      clicks.forEach(each -> Handlers.run("widget", home(each.cell()), each.handler()::run));
    }
  }

  @Override
  public String toString() {
    return "Button(" + label + ")";
  }
}
