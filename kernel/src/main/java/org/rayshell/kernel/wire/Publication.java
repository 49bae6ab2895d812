package org.rayshell.kernel.wire;

import com.google.gson.JsonObject;
import java.util.List;

/** What all front ends hear on iopub; immutable, its JSON is not to be changed. */
public sealed interface Publication extends Content {
  /** {@code status}: {@code starting}, {@code busy} or {@code idle}. */
  record Status(String state) implements Publication {
    @Override
    public String type() {
      return "status";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("execution_state", state);
      return json;
    }
  }

  /** {@code iopub_welcome}: a front end's subscription has arrived, nothing is missed any more. */
  record Welcome(String topic) implements Publication {
    @Override
    public String type() {
      return "iopub_welcome";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("subscription", topic);
      return json;
    }
  }

  /** {@code execute_input}: the code that begins to run. */
  record ExecuteInput(String code, int count) implements Publication {
    @Override
    public String type() {
      return "execute_input";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("code", code);
      json.addProperty("execution_count", count);
      return json;
    }
  }

  /** {@code stream}: text on {@code stdout} or {@code stderr}. */
  record Stream(String name, String text) implements Publication {
    @Override
    public String type() {
      return "stream";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("name", name);
      json.addProperty("text", text);
      return json;
    }
  }

  /** {@code display_data}, or {@code update_display_data} for the displays of that id. */
  record Display(boolean update, JsonObject data, JsonObject metadata, String displayId)
      implements Publication {
    @Override
    public String type() {
      return update ? "update_display_data" : "display_data";
    }

    @Override
    public JsonObject json() {
      JsonObject transients = new JsonObject();
      if (displayId != null) {
        transients.addProperty("display_id", displayId);
      }
      JsonObject json = new JsonObject();
      json.add("data", data);
      json.add("metadata", metadata);
      json.add("transient", transients);
      return json;
    }
  }

  /** {@code execute_result}: the value of a cell. */
  record ExecuteResult(int count, JsonObject data, JsonObject metadata) implements Publication {
    @Override
    public String type() {
      return "execute_result";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("execution_count", count);
      json.add("data", data);
      json.add("metadata", metadata);
      return json;
    }
  }

  /** {@code error}: how a cell failed. */
  record Failure(String ename, String evalue, List<String> traceback) implements Publication {
    @Override
    public String type() {
      return "error";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("ename", ename);
      json.addProperty("evalue", evalue);
      json.add("traceback", Content.array(traceback));
      return json;
    }
  }

  /** {@code clear_output}: of the cell, at once or when the next output comes. */
  record ClearOutput(boolean later) implements Publication {
    @Override
    public String type() {
      return "clear_output";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("wait", later);
      return json;
    }
  }

  /** {@code comm_open}: the kernel opens a comm. */
  record CommOpen(String id, String target, JsonObject data) implements Publication {
    @Override
    public String type() {
      return "comm_open";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("comm_id", id);
      json.addProperty("target_name", target);
      json.add("data", data);
      return json;
    }
  }

  /** {@code comm_msg} or {@code comm_close}: data for the other side of a comm. */
  record CommData(boolean close, String id, JsonObject data) implements Publication {
    @Override
    public String type() {
      return close ? "comm_close" : "comm_msg";
    }

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject();
      json.addProperty("comm_id", id);
      json.add("data", data);
      return json;
    }
  }

  /** {@code shutdown_reply} for the front ends that did not ask for the end. */
  record ShuttingDown(boolean restart) implements Publication {
    @Override
    public String type() {
      return "shutdown_reply";
    }

    @Override
    public JsonObject json() {
      return new Reply.Shutdown(restart).json();
    }
  }
}
