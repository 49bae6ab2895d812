package org.rayshell.kernel.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads requests out of contents. */
public final class RequestParser {
  // As IPython answers who does not say how many.
  private static final int TAIL = 10;

  private RequestParser() {}

  /**
   * The request of a type.
   *
   * @throws MalformedMessageException if a field is missing or of the wrong type
   */
  public static Request parse(String type, JsonObject content) throws MalformedMessageException {
    Fields fields = new Fields(content);
    return switch (type) {
      case "execute_request" -> execute(fields);
      case "complete_request" -> {
        String code = fields.text("code");
        yield new Request.Complete(code, fields.number("cursor_pos", Integer.MAX_VALUE));
      }
      case "inspect_request" -> {
        String code = fields.text("code");
        int cursor = fields.number("cursor_pos", Integer.MAX_VALUE);
        yield new Request.Inspect(code, cursor, fields.number("detail_level", 0));
      }
      case "is_complete_request" -> new Request.IsComplete(fields.text("code"));
      case "history_request" -> new Request.History(fields.flag("output", false), access(fields));
      case "kernel_info_request" -> new Request.KernelInfo();
      case "connect_request" -> new Request.Connect();
      case "comm_info_request" -> {
        // The field was renamed between versions; both are sent.
        String target = fields.text("target_name", fields.text("target", null));
        yield new Request.CommInfo(target == null || target.isEmpty() ? null : target);
      }
      case "comm_open" ->
          new Request.CommOpen(
              fields.text("comm_id"), fields.text("target_name"), fields.object("data"));
      case "comm_msg" -> new Request.CommMessage(fields.text("comm_id"), fields.object("data"));
      case "comm_close" -> new Request.CommClose(fields.text("comm_id"), fields.object("data"));
      case "interrupt_request" -> new Request.Interrupt();
      case "create_subshell_request" -> new Request.CreateSubshell();
      case "delete_subshell_request" -> new Request.DeleteSubshell(fields.text("subshell_id"));
      case "list_subshell_request" -> new Request.ListSubshells();
      case "shutdown_request" -> new Request.Shutdown(fields.flag("restart", false));
      case "input_reply" -> new Request.InputReply(fields.text("value"));
      default -> new Request.Unknown(type);
    };
  }

  private static Request.Execute execute(Fields fields) throws MalformedMessageException {
    boolean silent = fields.flag("silent", false);
    Map<String, String> expressions = new LinkedHashMap<>();
    JsonObject given = fields.object("user_expressions");
    for (Map.Entry<String, JsonElement> entry : given.entrySet()) {
      expressions.put(entry.getKey(), new Fields(given).text(entry.getKey()));
    }
    return new Request.Execute(
        fields.text("code"),
        silent,
        !silent && fields.flag("store_history", true),
        expressions,
        fields.flag("allow_stdin", true),
        fields.flag("stop_on_error", true));
  }

  private static Request.Access access(Fields fields) throws MalformedMessageException {
    String access = fields.text("hist_access_type", "tail");
    return switch (access) {
      case "range" ->
          new Request.Access.Range(
              fields.number("session", 0),
              fields.number("start", 1),
              fields.number("stop", Integer.MAX_VALUE));
      case "tail" -> new Request.Access.Tail(fields.number("n", TAIL));
      case "search" ->
          new Request.Access.Search(
              fields.text("pattern", "*"),
              fields.number("n", Integer.MAX_VALUE),
              fields.flag("unique", false));
      default ->
          throw new MalformedMessageException(
              "hist_access_type=" + access + " is unknown; use range, tail or search");
    };
  }
}
