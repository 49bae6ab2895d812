package org.rayshell.cluster.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.StreamSupport;

/** An object of an answer, of which anything may be missing in one version or another. */
record Json(JsonObject fields) {
  private static final Json NOTHING = new Json(new JsonObject());

  /** The empty string if there is none. */
  String text(String name) {
    JsonElement value = fields.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** 0 if there is none; some versions write numbers as text, and whole ones with a fraction. */
  long number(String name) {
    return (long) amount(name);
  }

  /** As {@link #number}, with its fraction. */
  double amount(String name) {
    JsonElement value = fields.get(name);
    try {
      return value != null && value.isJsonPrimitive() ? value.getAsDouble() : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  boolean flag(String name) {
    return text(name).equals("true");
  }

  /** The number at that place of a list, if there is one. */
  OptionalDouble item(String name, int index) {
    JsonArray items = array(name);
    return index < items.size()
        ? OptionalDouble.of(items.get(index).getAsDouble())
        : OptionalDouble.empty();
  }

  /** An empty one if there is none. */
  Json object(String name) {
    return fields.get(name) instanceof JsonObject object ? new Json(object) : NOTHING;
  }

  /** Those of a list that are objects. */
  List<Json> objects(String name) {
    // Ray's own Gson, with which a gateway runs, has no list of an array in older versions.
    return StreamSupport.stream(array(name).spliterator(), false)
        .filter(JsonElement::isJsonObject)
        .map(item -> new Json(item.getAsJsonObject()))
        .toList();
  }

  Set<String> names() {
    return fields.keySet();
  }

  private JsonArray array(String name) {
    return fields.get(name) instanceof JsonArray array ? array : new JsonArray();
  }
}
