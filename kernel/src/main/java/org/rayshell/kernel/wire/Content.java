package org.rayshell.kernel.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** What a kernel's message says: its type and its content. */
public sealed interface Content permits Reply, Publication, InputRequest {
  /** The message type, such as {@code execute_reply}. */
  String type();

  /** The content as it travels. */
  JsonObject json();

  /** Texts as a JSON array. */
  static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray(texts.size());
    texts.forEach(array::add);
    return array;
  }
}
