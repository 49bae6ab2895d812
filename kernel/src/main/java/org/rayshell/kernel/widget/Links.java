package org.rayshell.kernel.widget;

/** Controls that follow each other. Without state. */
public final class Links {
  private Links() {}

  /** Keeps the values of both the same, as far as both can have them. */
  public static <V> void link(Control<V, ?> one, Control<V, ?> other) {
    if (one == other) {
      throw new IllegalArgumentException("a control cannot be linked to itself");
    }
    one.leads(other);
    other.leads(one);
    one.tellLinked();
  }
}
