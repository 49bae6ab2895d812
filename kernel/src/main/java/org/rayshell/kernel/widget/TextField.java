package org.rayshell.kernel.widget;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.Handlers;

/** A field to type in: a line, several lines, or what is hidden. Thread-safe. */
public final class TextField extends TextControl<TextField> {
  private record Entered(Handler<? super String> handler, Cell cell) {}

  private final boolean hidden;
  private final List<Entered> entered = new CopyOnWriteArrayList<>();

  private TextField(String kind, String text) {
    super(kind);
    hidden = kind.equals("Password");
    begin(checked(text));
  }

  /** A line. */
  public static TextField line(String text) {
    return new TextField("Text", text);
  }

  /** Several lines. */
  public static TextField lines(String text) {
    return new TextField("Textarea", text);
  }

  /** A line that hides what is typed, in the page and in its own text. */
  public static TextField hidden() {
    return new TextField("Password", "");
  }

  /** What is seen of it while it is empty. */
  public TextField placeholder(String text) {
    set("placeholder", text);
    return this;
  }

  /** How many lines of several are seen. */
  public TextField rows(int rows) {
    set("rows", rows);
    return this;
  }

  /** Whether the value follows the typing, or is told by Enter and when the field is left. */
  public TextField continuous(boolean continuous) {
    set("continuous_update", continuous);
    return this;
  }

  /** Calls the handler with the text at each Enter, in a field of one line. */
  public TextField onEnter(Handler<? super String> handler) {
    entered.add(new Entered(handler, CurrentCell.get()));
    return this;
  }

  @Override
  void happened(String event) {
    if (event.equals("submit")) {
      String text = value();
      entered.forEach(
          each -> Handlers.run("widget", home(each.cell()), () -> each.handler().handle(text)));
    }
  }

  @Override
  public String toString() {
    return hidden ? "TextField(hidden)" : super.toString();
  }
}
