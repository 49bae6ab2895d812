package org.rayshell.runtime.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** An HTTP answer; immutable but for its bytes, which nobody changes. */
record Reply(int status, String type, byte[] body, Map<String, String> headers, String message) {
  private static final String JSON = "application/json; charset=utf-8";

  Reply(int status, String type, byte[] body, Map<String, String> headers) {
    this(status, type, body, headers, null);
  }

  /** A JSON answer. */
  static Reply json(Object value) {
    return json(200, value, null);
  }

  /** A JSON answer that need not be sent again to who has it: it carries an {@code ETag}. */
  static Reply list(Object value) {
    return json(value).tagged();
  }

  /** The same with a tag made of its content. */
  Reply tagged() {
    CRC32C sum = new CRC32C();
    sum.update(body);
    return with("ETag", "\"%d-%x\"".formatted(body.length, sum.getValue()))
        .with("Cache-Control", "private, no-cache");
  }

  /**
   * What is sent to who has those tags already.
   *
   * @param known the header {@code If-None-Match}; may be null
   */
  Reply unless(String known) {
    String tag = headers.get("ETag");
    boolean has = tag != null && known != null && List.of(known.split(",\\s*")).contains(tag);
    return has ? new Reply(304, type, new byte[0], headers, message) : this;
  }

  private static Reply json(int status, Object value, String message) {
    byte[] body = Json.text(value).getBytes(StandardCharsets.UTF_8);
    return new Reply(status, JSON, body, Map.of(), message);
  }

  /** An error in our own form. */
  static Reply error(int status, String code, String message) {
    return json(
        status, Json.object("error", Json.object("code", code, "message", message)), message);
  }

  /** An error in the form of Ray's endpoints. */
  static Reply rayError(int status, String message) {
    return json(
        status, Json.object("result", false, "msg", message, "data", Json.object()), message);
  }

  /** A copy with one more header. */
  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, Map.copyOf(more), message);
  }

  /** This error as whoever asks for the path reads it: a person one line, a program JSON. */
  Reply forPath(String path) {
    if (message == null || path.startsWith("/api/") || path.startsWith("/nodes")) {
      return this;
    }
    byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "text/plain; charset=utf-8", line, headers, message);
  }
}
