package org.rayshell.kernel.display;

import com.google.gson.JsonObject;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.swing.Icon;
import org.rayshell.kernel.session.MimeBundle;

/** Images of the JDK as PNG, made smaller if they are too large for a notebook. */
final class Png {
  static final String TYPE = "image/png";
  private static final int MOST_PIXELS_A_SIDE = 2_000;
  private static final int MOST_BYTES = 4_000_000;
  private static final double SMALLER = 0.7;

  private Png() {}

  /** Draws on a canvas. */
  interface Painter {
    void paint(Graphics2D canvas) throws ReflectiveOperationException;
  }

  static MimeBundle bundle(RenderedImage image) throws IOException {
    int width = image.getWidth();
    int height = image.getHeight();
    double scale = Math.min(1, (double) MOST_PIXELS_A_SIDE / Math.max(width, height));
    RenderedImage shown = image;
    byte[] png;
    while (true) {
      if (scale < 1) {
        shown = scaled(image, scale);
      }
      png = encode(shown);
      if (png.length <= MOST_BYTES) {
        break;
      }
      scale *= SMALLER;
    }
    String text = "image, " + width + " × " + height + " pixels";
    return bundle(
        png,
        scale < 1 ? text + ", shown with " + shown.getWidth() + " × " + shown.getHeight() : text,
        new JsonObject());
  }

  /** An image of a window system, once it is loaded. */
  static MimeBundle ofImage(Image image) throws IOException, ReflectiveOperationException {
    int width = image.getWidth(null);
    int height = image.getHeight(null);
    if (width < 1 || height < 1) {
      throw new IOException("the image is not loaded yet: ImageIO.read loads it at once");
    }
    return bundle(painted(width, height, 1, canvas -> canvas.drawImage(image, 0, 0, null)));
  }

  static MimeBundle ofIcon(Icon icon) throws IOException, ReflectiveOperationException {
    return bundle(
        painted(
            Math.max(1, icon.getIconWidth()),
            Math.max(1, icon.getIconHeight()),
            1,
            canvas -> icon.paintIcon(null, canvas, 0, 0)));
  }

  /** What is painted, with twice the pixels that its place has on the page: sharp on any screen. */
  static MimeBundle sharp(int width, int height, String text, Painter painter)
      throws IOException, ReflectiveOperationException {
    double scale = Math.min(2, (double) MOST_PIXELS_A_SIDE / Math.max(1, Math.max(width, height)));
    byte[] png = encode(painted(width, height, scale, painter));
    JsonObject size = new JsonObject();
    size.addProperty("width", width);
    size.addProperty("height", height);
    JsonObject metadata = new JsonObject();
    metadata.add(TYPE, size);
    return bundle(png, text, metadata);
  }

  static MimeBundle bundle(byte[] png, String text, JsonObject metadata) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", text);
    data.put(TYPE, Base64.getEncoder().encodeToString(png));
    return new MimeBundle(data, metadata);
  }

  private static BufferedImage painted(int width, int height, double scale, Painter painter)
      throws ReflectiveOperationException {
    BufferedImage image =
        new BufferedImage(
            Math.max(1, (int) Math.round(width * scale)),
            Math.max(1, (int) Math.round(height * scale)),
            BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.scale(scale, scale);
      painter.paint(canvas);
    } finally {
      canvas.dispose();
    }
    return image;
  }

  private static BufferedImage scaled(RenderedImage image, double scale) {
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    boolean opaque = image.getColorModel() != null && !image.getColorModel().hasAlpha();
    BufferedImage small =
        new BufferedImage(
            width, height, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = small.createGraphics();
    try {
      canvas.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      AffineTransform fit = AffineTransform.getScaleInstance(scale, scale);
      fit.translate(-image.getMinX(), -image.getMinY());
      canvas.drawRenderedImage(image, fit);
    } finally {
      canvas.dispose();
    }
    return small;
  }

  private static byte[] encode(RenderedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("the JDK cannot write this image as PNG: " + image.getColorModel());
    }
    return png.toByteArray();
  }
}
