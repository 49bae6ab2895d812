package org.rayshell.kernel.wire;

import com.google.gson.JsonObject;
import java.util.Map;

/** What a front end asks for, by message type; immutable. */
public sealed interface Request {
  /**
   * {@code execute_request}.
   *
   * @param userExpressions to be evaluated after the code, by name
   */
  record Execute(
      String code,
      boolean silent,
      boolean storeHistory,
      Map<String, String> userExpressions,
      boolean allowStdin,
      boolean stopOnError)
      implements Request {}

  /** {@code complete_request}; the cursor counts code points. */
  record Complete(String code, int cursor) implements Request {}

  /** {@code inspect_request}; the cursor counts code points, the detail is 0 or 1. */
  record Inspect(String code, int cursor, int detail) implements Request {}

  /** {@code is_complete_request}. */
  record IsComplete(String code) implements Request {}

  /** {@code history_request}; with the outputs if asked. */
  record History(boolean output, Access access) implements Request {}

  /** Which entries of the history. */
  sealed interface Access {
    /** Lines {@code [start, stop)} of a session; session 0 is this one, −1 the one before. */
    record Range(int session, int start, int stop) implements Access {}

    /** The last n. */
    record Tail(int n) implements Access {}

    /** The last n that match a pattern with {@code *} and {@code ?}. */
    record Search(String pattern, int n, boolean unique) implements Access {}
  }

  /** {@code kernel_info_request}. */
  record KernelInfo() implements Request {}

  /** {@code connect_request}. */
  record Connect() implements Request {}

  /** {@code comm_info_request}; null target for all. */
  record CommInfo(String target) implements Request {}

  /** {@code comm_open}. */
  record CommOpen(String id, String target, JsonObject data) implements Request {}

  /** {@code comm_msg}. */
  record CommMessage(String id, JsonObject data) implements Request {}

  /** {@code comm_close}. */
  record CommClose(String id, JsonObject data) implements Request {}

  /** {@code interrupt_request}. */
  record Interrupt() implements Request {}

  /** {@code create_subshell_request}. */
  record CreateSubshell() implements Request {}

  /** {@code delete_subshell_request}. */
  record DeleteSubshell(String id) implements Request {}

  /** {@code list_subshell_request}. */
  record ListSubshells() implements Request {}

  /** {@code shutdown_request}. */
  record Shutdown(boolean restart) implements Request {}

  /** {@code input_reply}: an answer, but the front end sends it. */
  record InputReply(String value) implements Request {}

  /** A type that the kernel does not know. */
  record Unknown(String type) implements Request {}
}
