package org.rayshell.kernel.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests and frames that are nearly right, from a seed. For one thread. */
public final class Fuzz {
  private static final Map<String, String> REQUESTS =
      Map.ofEntries(
          Map.entry(
              "execute_request",
              "{'code': 'echo x', 'silent': false, 'store_history': true, 'user_expressions':"
                  + " {'a': 'echo y'}, 'allow_stdin': false, 'stop_on_error': true}"),
          Map.entry("complete_request", "{'code': 'ec', 'cursor_pos': 1}"),
          Map.entry("inspect_request", "{'code': 'ec', 'cursor_pos': 1, 'detail_level': 0}"),
          Map.entry("is_complete_request", "{'code': 'echo'}"),
          Map.entry(
              "history_request",
              "{'output': true, 'raw': true, 'hist_access_type': 'search', 'session': 0, 'start':"
                  + " 1, 'stop': 2, 'n': 3, 'pattern': '*', 'unique': true}"),
          Map.entry("kernel_info_request", "{}"),
          Map.entry("connect_request", "{}"),
          Map.entry("comm_info_request", "{'target_name': 'echo'}"),
          Map.entry("comm_open", "{'comm_id': 'c', 'target_name': 'echo', 'data': {}}"),
          Map.entry("comm_msg", "{'comm_id': 'c', 'data': {'x': 1}}"),
          Map.entry("comm_close", "{'comm_id': 'c', 'data': {}}"),
          Map.entry("interrupt_request", "{}"),
          Map.entry("create_subshell_request", "{}"),
          Map.entry("delete_subshell_request", "{'subshell_id': 'x'}"),
          Map.entry("list_subshell_request", "{}"),
          Map.entry("input_reply", "{'value': 'x'}"),
          Map.entry("debug_request", "{'seq': 1, 'command': 'attach', 'arguments': {}}"),
          Map.entry("no_such_request", "{'x': 1}"),
          Map.entry("no_such", "{}"));
  private static final List<String> TYPES = REQUESTS.keySet().stream().sorted().toList();

  private final Random random;

  /** All that follows is a function of the seed. */
  public Fuzz(long seed) {
    random = new Random(seed);
  }

  /** A message type. */
  public String type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  /** Whether something is to be done that is done so often, of a hundred times. */
  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A content of that type in which fields are missing, of the wrong type, or too many. */
  public JsonObject content(String type) {
    JsonObject content = TestClient.json(REQUESTS.get(type));
    List<String> names = new ArrayList<>(content.keySet());
    Collections.shuffle(names, random);
    for (String name : names.subList(0, Math.min(names.size(), random.nextInt(3)))) {
      if (chance(20)) {
        content.remove(name);
      } else {
        content.add(name, value(3));
      }
    }
    if (chance(10)) {
      content.add(text(), value(2));
    }
    return content;
  }

  /** An object of anything. */
  public JsonObject object(int depth) {
    JsonObject object = new JsonObject();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.add(text(), value(depth - 1));
    }
    return object;
  }

  /** Any JSON value. */
  public JsonElement value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> number();
      case 3, 4, 5 -> new JsonPrimitive(text());
      case 6 -> array(depth);
      case 7 -> deep();
      default -> object(depth);
    };
  }

  private JsonPrimitive number() {
    return switch (random.nextInt(8)) {
      case 0 -> new JsonPrimitive(-1);
      case 1 -> new JsonPrimitive(Long.MAX_VALUE);
      case 2 -> new JsonPrimitive(Long.MIN_VALUE);
      case 3 -> new JsonPrimitive(1e308);
      case 4 -> new JsonPrimitive(-0.0);
      case 5 -> new JsonPrimitive(BigInteger.ONE.shiftLeft(3_000));
      case 6 -> new JsonPrimitive(1.5);
      default -> new JsonPrimitive(random.nextInt());
    };
  }

  private JsonArray array(int depth) {
    JsonArray array = new JsonArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(value(depth - 1));
    }
    return array;
  }

  private JsonElement deep() {
    JsonElement inner = new JsonPrimitive("deep");
    for (int i = random.nextInt(240); i > 0; i--) {
      JsonArray outer = new JsonArray();
      outer.add(inner);
      inner = outer;
    }
    return inner;
  }

  /** Any text, some of which is none in UTF-8. */
  public String text() {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "😀\ud83d\udc00";
      case 2 -> "\ud800";
      case 3 -> "\0\n\r\t\u001b[31m\"\\";
      case 4 -> "x".repeat(random.nextInt(20_000));
      case 5 -> "echo x\n".repeat(random.nextInt(3));
      case 6 -> TYPES.get(random.nextInt(TYPES.size()));
      default -> Long.toString(random.nextLong(), 36);
    };
  }

  /** Frames as somebody without the key, or with a broken connection, would send them. */
  public List<byte[]> broken(List<byte[]> right) {
    List<byte[]> frames = new ArrayList<>(right);
    for (int i = 1 + random.nextInt(3); i > 0 && !frames.isEmpty(); i--) {
      int at = random.nextInt(frames.size());
      switch (random.nextInt(7)) {
        case 0 -> frames.remove(at);
        case 1 -> frames.add(at, frames.get(random.nextInt(frames.size())));
        case 2 -> frames.set(at, flipped(frames.get(at)));
        case 3 -> frames.set(at, bytes(random.nextInt(100)));
        case 4 -> frames.set(at, new byte[0]);
        case 5 -> Collections.swap(frames, at, random.nextInt(frames.size()));
        default -> frames.add(bytes(random.nextInt(3_000)));
      }
    }
    return frames.isEmpty() ? List.of(bytes(random.nextInt(10))) : frames;
  }

  private byte[] flipped(byte[] frame) {
    byte[] copy = frame.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  /** Any bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Text of JSON that no parser may take: too deep, cut off, no UTF-8, or something else. */
  public byte[] noJson() {
    return switch (random.nextInt(7)) {
      case 0 ->
          ("{\"code\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
              .getBytes(StandardCharsets.US_ASCII);
      case 1 -> "{\"code\":".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
      case 2 -> new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
      case 3 -> "{\"code\": NaN}".getBytes(StandardCharsets.US_ASCII);
      case 4 -> "{\"code\": \"x\"".getBytes(StandardCharsets.US_ASCII);
      case 5 -> "[1, 2]".getBytes(StandardCharsets.US_ASCII);
      default -> bytes(random.nextInt(200));
    };
  }
}
