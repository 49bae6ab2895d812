package org.rayshell.kernel.display;

/**
 * How a library says how values of a type of its own are shown. {@code %maven} and {@code
 * %classpath} bring it into a notebook if its jar names the class in {@code
 * META-INF/services/org.rayshell.kernel.display.ValueRenderer}; in a cell say {@code
 * registerRenderer(Point.class, point -> html(…))}. Called by the cell that shows the value, and by
 * several at once.
 *
 * @param <T> what it shows: a class, or an interface
 */
public interface ValueRenderer<T> {
  /** What it shows, with all that extends or implements that; the most specific renderer counts. */
  Class<T> type();

  /**
   * What is shown in the value's place: a {@code MimeBundle}, or any other value that can be shown,
   * such as {@code RichValues.html(…)}, an image or a table; null to leave it to others.
   *
   * @throws Exception if it cannot be shown: then its text is, and what failed is said once
   */
  Object render(T value) throws Exception;
}
