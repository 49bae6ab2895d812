package org.rayshell.kernel.wire;

import com.google.gson.JsonObject;

/** {@code input_request}: the kernel asks the person at the front end for a line. */
public record InputRequest(String prompt, boolean password) implements Content {
  @Override
  public String type() {
    return "input_request";
  }

  @Override
  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("prompt", prompt);
    json.addProperty("password", password);
    return json;
  }
}
