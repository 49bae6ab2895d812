package org.rayshell.kernel.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/** MIME bundles as JSON. */
public final class Bundles {
  private Bundles() {}

  /** Content by MIME type. */
  public static JsonObject data(MimeBundle bundle) {
    JsonObject json = new JsonObject();
    for (Map.Entry<String, Object> entry : bundle.data().entrySet()) {
      json.add(entry.getKey(), element(entry.getValue()));
    }
    return json;
  }

  private static JsonElement element(Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    return value instanceof JsonElement element
        ? finite(element)
        : new JsonPrimitive(value.toString());
  }

  /** Metadata by MIME type. */
  public static JsonObject metadata(MimeBundle bundle) {
    JsonObject metadata = bundle.metadata();
    return metadata == null ? new JsonObject() : finite(metadata).getAsJsonObject();
  }

  /** A copy in which numbers that JSON does not have are null, as browsers write them. */
  private static JsonElement finite(JsonElement element) {
    if (element.isJsonObject()) {
      JsonObject copy = new JsonObject();
      element.getAsJsonObject().entrySet().forEach(e -> copy.add(e.getKey(), finite(e.getValue())));
      return copy;
    }
    if (element.isJsonArray()) {
      JsonArray copy = new JsonArray();
      element.getAsJsonArray().forEach(item -> copy.add(finite(item)));
      return copy;
    }
    boolean number = element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    return number && !Double.isFinite(element.getAsDouble()) && !isBig(element)
        ? JsonNull.INSTANCE
        : element;
  }

  /** Whether the number is one that only exceeds a double. */
  private static boolean isBig(JsonElement element) {
    Number number = element.getAsNumber();
    return number instanceof java.math.BigInteger || number instanceof java.math.BigDecimal;
  }

  /** The text that stands for the bundle, empty if it has none. */
  public static String text(MimeBundle bundle) {
    Object text = bundle == null ? null : bundle.data().get("text/plain");
    return text instanceof String string ? string : "";
  }
}
