package org.rayshell.kernel.widget;

/** A text in the page: plain, with formulas between {@code $}, or HTML. Thread-safe. */
public final class Label extends TextControl<Label> {
  private Label(String kind, String text) {
    super(kind);
    begin(checked(text));
  }

  /** Plain text, with formulas if there are any. */
  public static Label plain(String text) {
    return new Label("Label", text);
  }

  /** HTML, which the page trusts: escape what is not yours. */
  public static Label html(String html) {
    return new Label("HTML", html);
  }
}
