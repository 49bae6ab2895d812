package org.rayshell.kernel.display;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.lang.reflect.Array;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rayshell.kernel.display.table.Members;
import org.rayshell.kernel.session.MimeBundle;

/** Values as JSON: texts of it, and objects by their records' components, entries and fields. */
final class Json {
  static final String TYPE = "application/json";
  private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();
  private static final Gson PRETTY =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .serializeSpecialFloatingPointValues()
          .create();
  private static final int MOST_DEPTH = 64;
  private static final int MOST_TEXT_CHARS = 10_000;
  private static final String[] JACKSON = {
    "com.fasterxml.jackson.databind.JsonNode", "tools.jackson.databind.JsonNode"
  };

  private Json() {}

  /** Whether the value is a tree of Jackson's. */
  static boolean isJackson(Object value) {
    for (String each : JACKSON) {
      if (Named.superType(value, each) != null) {
        return true;
      }
    }
    return false;
  }

  /** A tree that JupyterLab opens and closes, and searches. */
  static MimeBundle bundle(Object value) {
    JsonElement tree = tree("json", value);
    Map<String, Object> data = new LinkedHashMap<>();
    String text = PRETTY.toJson(tree);
    data.put(
        "text/plain",
        text.length() <= MOST_TEXT_CHARS
            ? text
            : text.substring(0, MOST_TEXT_CHARS)
                + "\n... "
                + (text.length() - MOST_TEXT_CHARS)
                + " more characters");
    data.put(TYPE, tree);
    return new MimeBundle(data, new JsonObject());
  }

  /**
   * The JSON that a text is, or that stands for another value.
   *
   * @param method what was called, for the error
   * @throws IllegalArgumentException if the text is no JSON
   */
  static JsonElement tree(String method, Object value) {
    if (value instanceof CharSequence || value != null && isJackson(value)) {
      try {
        return STRICT.getAdapter(JsonElement.class).fromJson(value.toString());
      } catch (java.io.IOException | JsonParseException e) {
        throw new IllegalArgumentException(
            method + " takes a text of JSON, or a map or other object: " + said(e), e);
      }
    }
    return of(value, 0);
  }

  private static String said(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // What gson advises is for programmers of parsers.
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^.*Exception: ", "")
        .replaceFirst("^Use JsonReader.* to accept ", "");
  }

  private static JsonElement of(Object value, int depth) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          "objects that hold each other, or " + MOST_DEPTH + " in each other, are no JSON");
    }
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement tree -> tree;
      case Number number -> new JsonPrimitive(number);
      case Boolean bool -> new JsonPrimitive(bool);
      case CharSequence text -> new JsonPrimitive(text.toString());
      case Character character -> new JsonPrimitive(character);
      case Optional<?> optional -> of(optional.orElse(null), depth + 1);
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((key, each) -> object.add(String.valueOf(key), of(each, depth + 1)));
        yield object;
      }
      case Iterable<?> all when !(value instanceof java.nio.file.Path) -> {
        JsonArray array = new JsonArray();
        all.forEach(each -> array.add(of(each, depth + 1)));
        yield array;
      }
      default -> value.getClass().isArray() ? array(value, depth) : object(value, depth);
    };
  }

  private static JsonArray array(Object value, int depth) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < Array.getLength(value); i++) {
      array.add(of(Array.get(value, i), depth + 1));
    }
    return array;
  }

  private static JsonElement object(Object value, int depth) {
    Members members = new Members();
    JsonObject object = new JsonObject();
    for (String name : members.names(value)) {
      Object member = members.read(value, name);
      if (member == value) {
        return new JsonPrimitive(PlainText.asWritten(String.valueOf(value)));
      }
      object.add(name, of(member, depth + 1));
    }
    return object;
  }
}
