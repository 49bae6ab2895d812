package org.rayshell.kernel.display;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.lang.reflect.Method;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Charts of libraries that the kernel does not come with, found by the names of their types: those
 * of XChart, and JFreeChart's. They paint themselves.
 */
final class Charts {
  private static final String XCHART = "org.knowm.xchart.internal.chartpart.Chart";
  private static final String JFREECHART = "org.jfree.chart.JFreeChart";
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  private Charts() {}

  /**
   * Null if the value is no chart.
   *
   * @throws ReflectiveOperationException if it is one of a version that has other methods
   */
  static MimeBundle bundle(Object value) throws IOException, ReflectiveOperationException {
    Class<?> xchart = Named.superType(value, XCHART);
    if (xchart != null) {
      int width = (int) xchart.getMethod("getWidth").invoke(value);
      int height = (int) xchart.getMethod("getHeight").invoke(value);
      Method paint = xchart.getMethod("paint", Graphics2D.class, int.class, int.class);
      return Png.sharp(
          width,
          height,
          text(
              "XChart",
              value.getClass().getSimpleName(),
              xchart.getMethod("getTitle").invoke(value)),
          canvas -> paint.invoke(value, canvas, width, height));
    }
    Class<?> jfree = Named.superType(value, JFREECHART);
    if (jfree != null) {
      Method draw = jfree.getMethod("draw", Graphics2D.class, Rectangle2D.class);
      Object title = jfree.getMethod("getTitle").invoke(value);
      return Png.sharp(
          WIDTH,
          HEIGHT,
          text(
              "JFreeChart",
              "chart",
              title == null ? null : title.getClass().getMethod("getText").invoke(title)),
          canvas -> draw.invoke(value, canvas, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT)));
    }
    return null;
  }

  private static String text(String library, String kind, Object title) {
    String name = library + " " + kind;
    return title == null || title.toString().isBlank() ? name : name + ": " + title;
  }
}
