package org.rayshell.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Typed reading of a content's fields: absent and null mean the default, a wrong type is said. */
record Fields(JsonObject json) {
  String text(String name) throws MalformedMessageException {
    String value = text(name, null);
    if (value == null) {
      throw new MalformedMessageException("the field " + name + " is missing; it is to be text");
    }
    return value;
  }

  String text(String name, String otherwise) throws MalformedMessageException {
    JsonElement value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
      return value.getAsString();
    }
    throw wrong(name, value, "text");
  }

  boolean flag(String name, boolean otherwise) throws MalformedMessageException {
    JsonElement value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
      return value.getAsBoolean();
    }
    throw wrong(name, value, "a boolean");
  }

  int number(String name, int otherwise) throws MalformedMessageException {
    JsonElement value = get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
        return (int) value.getAsDouble();
      }
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a number");
    }
    throw wrong(name, value, "a number");
  }

  JsonObject object(String name) throws MalformedMessageException {
    JsonElement value = get(name);
    if (value == null) {
      return new JsonObject();
    }
    if (value.isJsonObject()) {
      return value.getAsJsonObject();
    }
    throw wrong(name, value, "an object");
  }

  private JsonElement get(String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  private static MalformedMessageException wrong(String name, JsonElement value, String type) {
    String text = value.toString();
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new MalformedMessageException(
        "the field " + name + "=" + shown + " is wrong; it is to be " + type);
  }
}
