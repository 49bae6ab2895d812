package org.rayshell.kernel.display;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.rayshell.kernel.session.MimeBundle;

/** Images as files hold them; what front ends draw is passed on as it is. */
final class ImageFile {
  private static final int MOST_BYTES = 10_000_000;
  private static final int CONNECT_MS = 10_000;
  private static final int READ_MS = 30_000;
  private static final int SVG_START = 1_000;

  private ImageFile() {}

  static MimeBundle of(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no such image file: " + file.toAbsolutePath());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(read(in, file.toString()), file.toString());
    }
  }

  /** A path, or an address such as {@code https://…}. */
  static MimeBundle of(String place) throws IOException {
    return place.matches("(?i)(https?|file|jar):.*")
        ? of(URI.create(place).toURL())
        : of(
            Path.of(
                place.startsWith("~/")
                    ? System.getProperty("user.home") + place.substring(1)
                    : place));
  }

  static MimeBundle of(URL address) throws IOException {
    URLConnection connection = address.openConnection();
    connection.setConnectTimeout(CONNECT_MS);
    connection.setReadTimeout(READ_MS);
    try (InputStream in = connection.getInputStream()) {
      return of(read(in, address.toString()), address.toString());
    }
  }

  private static byte[] read(InputStream in, String from) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException(
          "an image of more than "
              + Amounts.bytes(MOST_BYTES)
              + " is too large for a notebook; ImageIO.read makes one that is shown smaller: "
              + from);
    }
    return bytes;
  }

  /**
   * The image in the bytes.
   *
   * @throws IOException if they are no image that the front end or the JDK knows
   */
  static MimeBundle of(byte[] bytes, String name) throws IOException {
    if (bytes.length > MOST_BYTES) {
      read(new ByteArrayInputStream(bytes), name);
    }
    String type = type(bytes);
    if (type != null) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put(
          "text/plain", type.replace("image/", "") + " image of " + Amounts.bytes(bytes.length));
      data.put(type, Base64.getEncoder().encodeToString(bytes));
      return new MimeBundle(data, new JsonObject());
    }
    if (isSvg(bytes)) {
      return Markup.svg(new String(bytes, StandardCharsets.UTF_8));
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    if (image == null) {
      throw new IOException(
          "no image (PNG, JPEG, GIF, WebP, SVG, BMP, TIFF) in the "
              + bytes.length
              + " bytes of "
              + name);
    }
    return Png.bundle(image);
  }

  /** What browsers draw, by how it begins; null for others. */
  private static String type(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG")) {
      return Png.TYPE;
    }
    if (start.startsWith("\u00FF\u00D8\u00FF")) {
      return "image/jpeg";
    }
    if (start.startsWith("GIF8")) {
      return "image/gif";
    }
    return start.startsWith("RIFF") && start.endsWith("WEBP") ? "image/webp" : null;
  }

  private static boolean isSvg(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(SVG_START, bytes.length), StandardCharsets.UTF_8);
    return start.stripLeading().startsWith("<") && start.contains("<svg");
  }
}
