package org.rayshell.kernel.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.rayshell.kernel.wire.Message;

/** The protocol's message specification, version 5.5, for what a kernel sends. */
public final class MessageSpec {
  private static final Predicate<JsonElement> TEXT =
      e -> e.isJsonPrimitive() && e.getAsJsonPrimitive().isString();
  private static final Predicate<JsonElement> FLAG =
      e -> e.isJsonPrimitive() && e.getAsJsonPrimitive().isBoolean();
  private static final Predicate<JsonElement> COUNT =
      e ->
          e.isJsonPrimitive()
              && e.getAsJsonPrimitive().isNumber()
              && e.getAsString().matches("[0-9]+");
  private static final Predicate<JsonElement> OBJECT = JsonElement::isJsonObject;
  private static final Predicate<JsonElement> TEXTS = list(TEXT);

  private static final Map<String, Map<String, Predicate<JsonElement>>> CONTENTS = new HashMap<>();

  static {
    put("status", Map.of("execution_state", oneOf("starting", "busy", "idle")));
    put("stream", Map.of("name", oneOf("stdout", "stderr"), "text", TEXT));
    put("execute_input", Map.of("code", TEXT, "execution_count", COUNT));
    put("execute_result", Map.of("execution_count", COUNT, "data", bundle(), "metadata", OBJECT));
    put("display_data", Map.of("data", bundle(), "metadata", OBJECT, "transient", OBJECT));
    put(
        "update_display_data",
        Map.of("data", bundle(), "metadata", OBJECT, "transient", with("display_id", TEXT)));
    put("error", Map.of("ename", TEXT, "evalue", TEXT, "traceback", TEXTS));
    put("clear_output", Map.of("wait", FLAG));
    put("comm_open", Map.of("comm_id", TEXT, "target_name", TEXT, "data", OBJECT));
    put("comm_msg", Map.of("comm_id", TEXT, "data", OBJECT));
    put("comm_close", Map.of("comm_id", TEXT, "data", OBJECT));
    put("iopub_welcome", Map.of("subscription", TEXT));
    put("input_request", Map.of("prompt", TEXT, "password", FLAG));
    put("execute_reply:ok", execute());
    put("execute_reply:aborted", Map.of("execution_count", COUNT));
    put(
        "complete_reply:ok",
        Map.of("matches", TEXTS, "cursor_start", COUNT, "cursor_end", COUNT, "metadata", types()));
    put("inspect_reply:ok", Map.of("found", FLAG, "data", bundle(), "metadata", OBJECT));
    Map<String, Predicate<JsonElement>> indent = Map.of("indent", TEXT);
    for (String status : List.of("complete", "incomplete", "invalid", "unknown")) {
      put("is_complete_reply:" + status, indent);
    }
    put("history_reply:ok", Map.of("history", list(MessageSpec::isHistoryEntry)));
    put("comm_info_reply:ok", Map.of("comms", each(with("target_name", TEXT))));
    put(
        "connect_reply:ok",
        Map.of("shell", COUNT, "iopub", COUNT, "stdin", COUNT, "control", COUNT, "hb", COUNT));
    put("kernel_info_reply:ok", kernelInfo());
    put("shutdown_reply:ok", Map.of("restart", FLAG));
    put("interrupt_reply:ok", Map.of());
    put("create_subshell_reply:ok", Map.of("subshell_id", TEXT));
    put("delete_subshell_reply:ok", Map.of());
    put("list_subshell_reply:ok", Map.of("subshell_id", TEXTS));
  }

  private MessageSpec() {}

  private static Map<String, Predicate<JsonElement>> execute() {
    Predicate<JsonElement> payload = with("source", TEXT);
    Predicate<JsonElement> good =
        with("status", oneOf("ok")).and(with("data", bundle())).and(with("metadata", OBJECT));
    Predicate<JsonElement> bad =
        with("status", oneOf("error"))
            .and(with("ename", TEXT))
            .and(with("evalue", TEXT))
            .and(with("traceback", TEXTS));
    return Map.of(
        "execution_count", COUNT, "payload", list(payload), "user_expressions", each(good.or(bad)));
  }

  /** What JupyterLab reads beside the matches, if it is there. */
  private static Predicate<JsonElement> types() {
    Predicate<JsonElement> type =
        with("text", TEXT)
            .and(with("type", TEXT))
            .and(with("start", COUNT))
            .and(with("end", COUNT));
    String name = "_jupyter_types_experimental";
    return OBJECT.and(
        e -> !e.getAsJsonObject().has(name) || list(type).test(e.getAsJsonObject().get(name)));
  }

  private static Predicate<JsonElement> each(Predicate<JsonElement> value) {
    return e -> e.isJsonObject() && e.getAsJsonObject().asMap().values().stream().allMatch(value);
  }

  private static Map<String, Predicate<JsonElement>> kernelInfo() {
    Predicate<JsonElement> language =
        with("name", TEXT)
            .and(with("version", TEXT))
            .and(with("mimetype", TEXT))
            .and(with("file_extension", e -> e.getAsString().startsWith(".")));
    return Map.of(
        "protocol_version", e -> e.getAsString().equals("5.5"),
        "implementation", TEXT,
        "implementation_version", TEXT,
        "language_info", language,
        "banner", TEXT,
        "debugger", FLAG,
        "help_links", list(with("text", TEXT).and(with("url", TEXT))),
        "supported_features", TEXTS);
  }

  private static void put(String type, Map<String, Predicate<JsonElement>> fields) {
    CONTENTS.put(type, fields);
  }

  private static Predicate<JsonElement> oneOf(String... texts) {
    return e -> TEXT.test(e) && Set.of(texts).contains(e.getAsString());
  }

  private static Predicate<JsonElement> list(Predicate<JsonElement> item) {
    return e -> e.isJsonArray() && e.getAsJsonArray().asList().stream().allMatch(item);
  }

  private static Predicate<JsonElement> with(String name, Predicate<JsonElement> field) {
    return e ->
        e.isJsonObject()
            && e.getAsJsonObject().has(name)
            && field.test(e.getAsJsonObject().get(name));
  }

  private static Predicate<JsonElement> bundle() {
    // Text, or JSON where the type says so: never a null or a bare number.
    return e ->
        e.isJsonObject()
            && e.getAsJsonObject().entrySet().stream()
                .allMatch(item ->
                    item.getKey().matches("[\\w.+-]+/[\\w.+-]+")
                        && (TEXT.test(item.getValue()) || item.getKey().endsWith("json")));
  }

  private static boolean isHistoryEntry(JsonElement entry) {
    if (!entry.isJsonArray() || entry.getAsJsonArray().size() != 3) {
      return false;
    }
    JsonElement input = entry.getAsJsonArray().get(2);
    return COUNT.test(entry.getAsJsonArray().get(0))
        && COUNT.test(entry.getAsJsonArray().get(1))
        && (TEXT.test(input) || (input.isJsonArray() && input.getAsJsonArray().size() == 2));
  }

  /** Fails unless the message is one that a kernel may send. */
  public static void check(Message message) {
    JsonObject header = message.header().json();
    for (String field : List.of("msg_id", "session", "username", "date", "msg_type", "version")) {
      require(header.has(field) && TEXT.test(header.get(field)), message, "header." + field);
    }
    String date = header.get("date").getAsString();
    require(
        date.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)"),
        message,
        "header.date");
    OffsetDateTime.parse(date);
    require(!message.header().id().isEmpty(), message, "header.msg_id");
    JsonObject parent = message.parent();
    for (String field : List.of("msg_id", "msg_type")) {
      require(parent.isEmpty() || with(field, TEXT).test(parent), message, "parent." + field);
    }
    require(header.get("version").getAsString().equals("5.5"), message, "header.version");
    String type = message.header().type();
    JsonObject content = message.content();
    if (type.endsWith("_reply")) {
      require(with("status", TEXT).test(content), message, "content.status");
      String status = content.get("status").getAsString();
      if (status.equals("error")) {
        check(message, CONTENTS.get("error"));
        if (type.equals("execute_reply")) {
          check(message, Map.of("execution_count", COUNT));
        }
        return;
      }
      type += ":" + status;
    }
    require(CONTENTS.containsKey(type), message, "the type " + type);
    check(message, CONTENTS.get(type));
  }

  private static void check(Message message, Map<String, Predicate<JsonElement>> fields) {
    fields.forEach((name, predicate) -> {
      JsonElement value = message.content().get(name);
      require(value != null && predicate.test(value), message, "content." + name);
    });
  }

  private static void require(boolean right, Message message, String what) {
    if (!right) {
      throw new AssertionError(what + " is not as the specification says in " + message);
    }
  }
}
