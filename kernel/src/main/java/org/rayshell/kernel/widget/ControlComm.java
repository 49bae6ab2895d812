package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import org.rayshell.kernel.comm.SessionComms;

/** What a page that has been loaded asks for the states of all widgets by. Thread-safe. */
final class ControlComm extends Comm {
  private static final String TARGET = "jupyter.widget.control";

  private final CommManager comms;

  private ControlComm(CommManager comms, String id, String target) {
    super(comms, id, target);
    this.comms = comms;
  }

  /** Lets pages ask; before there is a widget they need not. */
  static void offer(SessionComms comms) {
    if (comms.getTarget(TARGET) == null) {
      comms.registerTarget(
          TARGET, (manager, id, target, _) -> new ControlComm(manager, id, target));
    }
  }

  @Override
  protected void onMessage(Message<CommMsgCommand> message) {
    JsonObject states = new JsonObject();
    for (Comm each : comms) {
      if (each instanceof WidgetComm widget) {
        states.add(each.getID(), state(widget.state()));
      }
    }
    JsonObject data = new JsonObject();
    data.addProperty("method", "update_states");
    data.add("states", states);
    data.add("buffer_paths", new JsonArray());
    send(data);
  }

  private static JsonObject state(JsonObject whole) {
    JsonObject state = new JsonObject();
    state.add("model_name", whole.get("_model_name"));
    state.add("model_module", whole.get("_model_module"));
    state.add("model_module_version", whole.get("_model_module_version"));
    state.add("state", whole);
    return state;
  }

  @Override
  protected void onClose(Message<CommCloseCommand> message, boolean sending) {}
}
