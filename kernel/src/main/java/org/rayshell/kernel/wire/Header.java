package org.rayshell.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A message's header.
 *
 * @param id unique to the message
 * @param session of the sender
 * @param type such as {@code execute_request}
 * @param subshell the id of the subshell that is to handle it; null for the main shell
 * @param json all of it, as it arrived: what answers the message carries it as its parent
 */
public record Header(String id, String session, String type, String subshell, JsonObject json) {
  /** The version of the protocol that the kernel speaks. */
  public static final String PROTOCOL = "5.5";

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  /** A second in words. */
  private record Second(long epoch, String text) {}

  private static volatile Second latest = new Second(Long.MIN_VALUE, "");

  /** A header of the kernel's own. */
  public static Header create(String id, String session, String type) {
    JsonObject json = new JsonObject();
    json.addProperty("msg_id", id);
    json.addProperty("session", session);
    json.addProperty("username", "kernel");
    json.addProperty("date", date(Instant.now()));
    json.addProperty("msg_type", type);
    json.addProperty("version", PROTOCOL);
    return new Header(id, session, type, null, json);
  }

  /** In ISO 8601, always with the six digits that some front ends want. */
  static String date(Instant time) {
    Second second = latest;
    if (second.epoch != time.getEpochSecond()) {
      second = new Second(time.getEpochSecond(), SECOND.format(time));
      latest = second;
    }
    String micros = Integer.toString(1_000_000 + time.getNano() / 1000);
    return second.text + micros.substring(1) + "Z";
  }

  /**
   * Reads a front end's.
   *
   * @throws MalformedMessageException if the id or the type is missing
   */
  public static Header parse(JsonObject json) throws MalformedMessageException {
    JsonElement session = json.get("session");
    JsonElement subshell = json.get("subshell_id");
    return new Header(
        text(json, "msg_id"),
        session != null && session.isJsonPrimitive() ? session.getAsString() : "",
        text(json, "msg_type"),
        // No subshell has an id that is no text; the answer then says which is unknown.
        subshell == null || subshell.isJsonNull() ? null : asText(subshell),
        json);
  }

  private static String asText(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static String text(JsonObject json, String name) throws MalformedMessageException {
    JsonElement value = json.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new MalformedMessageException("the header has no text " + name);
    }
    return value.getAsString();
  }
}
