package org.rayshell.kernel.widget;

import java.util.Map;
import org.rayshell.kernel.display.Display;

/** A picture in the page, which Java changes. Thread-safe. */
public final class Picture extends Widget<Picture> {
  private static final String SVG = "image/svg+xml";

  private volatile String type;
  private volatile int chars;

  /**
   * Of an image, a chart, or what {@code image(…)} gives.
   *
   * @throws IllegalArgumentException if the value is shown as no picture
   */
  public Picture(Object value) {
    // The page's own model of images wants bytes beside the JSON of a message.
    super(CONTROLS, VERSION, "HTMLModel", "HTMLView");
    value(value);
  }

  /**
   * Shows another one.
   *
   * @throws IllegalArgumentException if the value is shown as no picture
   */
  public Picture value(Object value) {
    Map.Entry<String, Object> image =
        Display.rendering().render(value).data().entrySet().stream()
            .filter(each -> each.getKey().startsWith("image/"))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    (value == null ? "null" : value.getClass().getName())
                        + " is not shown as a picture: give an image, a chart or image(…)"));
    String content = image.getValue().toString();
    String html =
        image.getKey().equals(SVG)
            ? content
            : "<img style=\"max-width:100%\" alt=\"\" src=\"data:"
                + image.getKey()
                + ";base64,"
                + content.replace("\n", "")
                + "\">";
    type = image.getKey();
    chars = html.length();
    set("value", html);
    return this;
  }

  @Override
  int chars() {
    return chars;
  }

  /** Its kind. */
  @Override
  public String toString() {
    return "Picture(" + type + ")";
  }
}
