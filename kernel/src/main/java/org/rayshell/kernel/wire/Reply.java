package org.rayshell.kernel.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** The one answer to a request; immutable, its JSON is not to be changed. */
public sealed interface Reply extends Content {
  /** The start of each reply that went well. */
  private static JsonObject ok() {
    JsonObject json = new JsonObject();
    json.addProperty("status", "ok");
    return json;
  }

  /** {@code execute_reply} of a cell without an error. */
  record Executed(int count, JsonArray payload, JsonObject userExpressions) implements Reply {
    @Override
    public String type() {
      return "execute_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.addProperty("execution_count", count);
      json.add("payload", payload);
      json.add("user_expressions", userExpressions);
      return json;
    }
  }

  /** {@code execute_reply} of a cell with an error. */
  record ExecuteFailed(int count, String ename, String evalue, List<String> traceback)
      implements Reply {
    @Override
    public String type() {
      return "execute_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new Failed("execute_reply", ename, evalue, traceback).json();
      json.addProperty("execution_count", count);
      json.add("payload", new JsonArray());
      json.add("user_expressions", new JsonObject());
      return json;
    }
  }

  /** {@code execute_reply} of a cell that did not run because one before it failed. */
  record ExecuteAborted(int count) implements Reply {
    @Override
    public String type() {
      return "execute_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("status", "aborted");
      json.addProperty("execution_count", count);
      return json;
    }
  }

  /** Any request that could not be answered. */
  record Failed(String type, String ename, String evalue, List<String> traceback) implements Reply {
    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("status", "error");
      json.addProperty("ename", ename);
      json.addProperty("evalue", evalue);
      json.add("traceback", Content.array(traceback));
      return json;
    }
  }

  /**
   * {@code complete_reply}; positions count code points.
   *
   * @param types an object per match, of the experimental key that JupyterLab reads
   */
  record Completed(List<String> matches, int start, int end, JsonArray types) implements Reply {
    @Override
    public String type() {
      return "complete_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject metadata = new JsonObject();
      metadata.add("_jupyter_types_experimental", types);
      JsonObject json = ok();
      json.add("matches", Content.array(matches));
      json.addProperty("cursor_start", start);
      json.addProperty("cursor_end", end);
      json.add("metadata", metadata);
      return json;
    }
  }

  /** {@code inspect_reply}; null data if nothing was found. */
  record Inspected(JsonObject data, JsonObject metadata) implements Reply {
    @Override
    public String type() {
      return "inspect_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.addProperty("found", data != null);
      json.add("data", data == null ? new JsonObject() : data);
      json.add("metadata", metadata);
      return json;
    }
  }

  /** {@code is_complete_reply}; the status is that of the code. */
  record Completeness(String status, String indent) implements Reply {
    @Override
    public String type() {
      return "is_complete_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("status", status);
      json.addProperty("indent", indent);
      return json;
    }
  }

  /** {@code history_reply}; an entry is session, line, and input or input with output. */
  record History(JsonArray entries) implements Reply {
    @Override
    public String type() {
      return "history_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.add("history", entries);
      return json;
    }
  }

  /** {@code kernel_info_reply}; links are texts to addresses, features are optional ones. */
  record KernelInfo(
      String implementation,
      String implementationVersion,
      String banner,
      String languageVersion,
      JsonArray helpLinks,
      List<String> features)
      implements Reply {
    @Override
    public String type() {
      return "kernel_info_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject language = new JsonObject();
      language.addProperty("name", "java");
      language.addProperty("version", languageVersion);
      language.addProperty("mimetype", "text/x-java");
      language.addProperty("file_extension", ".jshell");
      language.addProperty("pygments_lexer", "java");
      language.addProperty("codemirror_mode", "text/x-java");
      language.addProperty("nbconvert_exporter", "script");
      JsonObject json = ok();
      json.addProperty("protocol_version", Header.PROTOCOL);
      json.addProperty("implementation", implementation);
      json.addProperty("implementation_version", implementationVersion);
      json.add("language_info", language);
      json.addProperty("banner", banner);
      json.addProperty("debugger", false);
      json.add("help_links", helpLinks);
      json.add("supported_features", Content.array(features));
      return json;
    }
  }

  /** {@code connect_reply}: the ports by their names in the connection file. */
  record Connect(Map<String, Integer> ports) implements Reply {
    @Override
    public String type() {
      return "connect_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      ports.forEach(json::addProperty);
      return json;
    }
  }

  /** {@code comm_info_reply}: target names by comm id. */
  record CommInfo(Map<String, String> targets) implements Reply {
    @Override
    public String type() {
      return "comm_info_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject comms = new JsonObject();
      targets.forEach((id, target) -> {
        JsonObject comm = new JsonObject();
        comm.addProperty("target_name", target);
        comms.add(id, comm);
      });
      JsonObject json = ok();
      json.add("comms", comms);
      return json;
    }
  }

  /** {@code interrupt_reply}. */
  record Interrupted() implements Reply {
    @Override
    public String type() {
      return "interrupt_reply";
    }

    @Override
    public JsonObject json() {
      return ok();
    }
  }

  /** {@code create_subshell_reply}. */
  record SubshellCreated(String id) implements Reply {
    @Override
    public String type() {
      return "create_subshell_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.addProperty("subshell_id", id);
      return json;
    }
  }

  /** {@code delete_subshell_reply}. */
  record SubshellDeleted() implements Reply {
    @Override
    public String type() {
      return "delete_subshell_reply";
    }

    @Override
    public JsonObject json() {
      return ok();
    }
  }

  /** {@code list_subshell_reply}. */
  record Subshells(List<String> ids) implements Reply {
    @Override
    public String type() {
      return "list_subshell_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.add("subshell_id", Content.array(ids));
      return json;
    }
  }

  /** {@code shutdown_reply}. */
  record Shutdown(boolean restart) implements Reply {
    @Override
    public String type() {
      return "shutdown_reply";
    }

    @Override
    public JsonObject json() {
      JsonObject json = ok();
      json.addProperty("restart", restart);
      return json;
    }
  }
}
