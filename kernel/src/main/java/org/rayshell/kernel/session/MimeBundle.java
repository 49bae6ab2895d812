package org.rayshell.kernel.session;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value in several MIME types, as {@code display_data} carries it; immutable.
 *
 * @param data content by MIME type: text, base64 text, or a JSON element
 * @param metadata by MIME type
 */
public record MimeBundle(Map<String, Object> data, JsonObject metadata) {
  /** Copies the data. */
  public MimeBundle {
    data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Plain text alone. */
  public static MimeBundle text(String text) {
    return new MimeBundle(Map.of("text/plain", text), new JsonObject());
  }

  /** HTML with the text that stands for it elsewhere. */
  public static MimeBundle html(String html, String text) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", text);
    data.put("text/html", html);
    return new MimeBundle(data, new JsonObject());
  }
}
