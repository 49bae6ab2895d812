package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import org.rayshell.kernel.comm.SessionComms;

/** The comm between a model and its twin, by the widgets' message protocol. Thread-safe. */
final class WidgetComm extends Comm {
  private static final String TARGET = "jupyter.widget";
  private static final String PROTOCOL = "2.1.0";

  private final Model model;

  private WidgetComm(CommManager manager, String id, String target, Model model) {
    super(manager, id, target);
    this.model = model;
  }

  /** Makes the twin of the model. */
  static WidgetComm open(SessionComms comms, Model model, JsonObject state) {
    ControlComm.offer(comms);
    JsonObject version = new JsonObject();
    version.addProperty("version", PROTOCOL);
    JsonObject data = new JsonObject();
    data.add("state", state);
    data.add("buffer_paths", new JsonArray());
    return comms.openComm(
        TARGET,
        data,
        version,
        (manager, id, target, _) -> new WidgetComm(manager, id, target, model));
  }

  /** Sends parts of the state. */
  void send(String method, JsonObject state) {
    JsonObject data = new JsonObject();
    data.addProperty("method", method);
    data.add("state", state);
    data.add("buffer_paths", new JsonArray());
    send(data);
  }

  /** The model's state as a whole. */
  JsonObject state() {
    return model.state();
  }

  @Override
  protected void onMessage(Message<CommMsgCommand> message) {
    JsonObject data = message.getContent().getData();
    switch (data.has("method") ? data.get("method").getAsString() : "") {
      case "update" -> model.received(data.getAsJsonObject("state"));
      case "request_state" -> send("update", model.state());
      case "custom" -> {
        if (data.get("content") instanceof JsonObject content && content.has("event")) {
          model.happened(content.get("event").getAsString());
        }
      }
      default -> {
        // Of a later protocol.
      }
    }
  }

  @Override
  protected void onClose(Message<CommCloseCommand> message, boolean sending) {
    model.lost(this);
  }
}
