package org.rayshell.kernel.display;

import java.awt.image.RenderedImage;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.function.Function;
import org.rayshell.kernel.display.table.Table;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Values that are shown as more than text, as a cell's last expression or by {@code display(…)}.
 * The static methods are imported into every notebook; a cell's own methods of these names hide
 * them. Thread-safe.
 */
public final class RichValues {
  /** The names of the methods, so that nobody has to load the class to know them. */
  public static final String NAMES =
      "html markdown latex svg json vegaLite plotly image table registerRenderer";

  private RichValues() {}

  /** HTML as it is; text that is not yours is to be escaped. */
  public static MimeBundle html(String html) {
    return Markup.html(html);
  }

  /** Markdown, as in the cells of text. */
  public static MimeBundle markdown(String markdown) {
    return Markup.markdown(markdown);
  }

  /** A formula, or text with formulas between dollars. */
  public static MimeBundle latex(String latex) {
    return Markup.latex(latex);
  }

  /**
   * A drawing.
   *
   * @throws IllegalArgumentException if the text has no {@code <svg>} element
   */
  public static MimeBundle svg(String svg) {
    return Markup.svg(svg);
  }

  /**
   * JSON as a tree: of a text of JSON, or of an object such as a map, a list or a record.
   *
   * @throws IllegalArgumentException if the text is no JSON
   */
  public static MimeBundle json(Object value) {
    return Json.bundle(value);
  }

  /**
   * A chart by Vega-Lite, or Vega, from its specification: a text of JSON, or maps.
   *
   * @throws IllegalArgumentException if it is no such specification
   */
  public static MimeBundle vegaLite(Object specification) {
    return ChartSpecs.vegaLite(specification);
  }

  /**
   * A chart by Plotly, from a figure or its traces: a text of JSON, or maps and lists.
   *
   * @throws IllegalArgumentException if it is no figure
   */
  public static MimeBundle plotly(Object figure) {
    return ChartSpecs.plotly(figure);
  }

  /** The image in a file, or at an address that begins with {@code http:} or the like. */
  public static MimeBundle image(String pathOrUrl) throws IOException {
    return ImageFile.of(pathOrUrl);
  }

  /** The image in a file. */
  public static MimeBundle image(Path file) throws IOException {
    return ImageFile.of(file);
  }

  /** The image in a file. */
  public static MimeBundle image(File file) throws IOException {
    return ImageFile.of(file.toPath());
  }

  /** The image at an address. */
  public static MimeBundle image(URL address) throws IOException {
    return ImageFile.of(address);
  }

  /** The image at an address. */
  public static MimeBundle image(URI address) throws IOException {
    return ImageFile.of(address.toURL());
  }

  /** The image in the bytes of a file: PNG, JPEG, GIF, WebP, SVG, or what {@code ImageIO} reads. */
  public static MimeBundle image(byte[] bytes) throws IOException {
    return ImageFile.of(bytes, "byte[]");
  }

  /** An image of the JDK's as PNG. */
  public static MimeBundle image(RenderedImage image) throws IOException {
    return Png.bundle(image);
  }

  /**
   * A table of a collection, an array, a map, a stream, a {@code ResultSet} or a data frame, and
   * how much of it: {@code table(rows).sortBy("age").limit(200)}.
   *
   * @throws IllegalArgumentException if the value is none of these
   */
  public static Table table(Object rows) {
    return Table.of(rows);
  }

  /**
   * Says how values of a class or interface are shown from now on, such as {@code
   * registerRenderer(Point.class, point -> html("<b>" + point.x() + "</b>"))}.
   *
   * @param renderer gives what is shown in the value's place; null to leave it to others
   */
  public static <T> void registerRenderer(Class<T> type, Function<? super T, ?> renderer) {
    registerRenderer(
        new ValueRenderer<T>() {
          @Override
          public Class<T> type() {
            return type;
          }

          @Override
          public Object render(T value) {
            return renderer.apply(value);
          }
        });
  }

  /** Registers a renderer as a library has it. */
  public static void registerRenderer(ValueRenderer<?> renderer) {
    Display.rendering().rich().renderers().register(renderer);
  }
}
