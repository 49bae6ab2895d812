package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rayshell.kernel.comm.Comms;
import org.rayshell.kernel.comm.SessionComms;

/**
 * What has a twin in the front end, from the first time that it is shown until it is closed; its
 * state is what both know. Changes are sent together, some milliseconds later. Thread-safe: its own
 * lock, held while it sends, so that the twin hears of changes in their order.
 */
abstract class Model {
  /** Kinds of the module that has all but outputs. */
  static final String CONTROLS = "@jupyter-widgets/controls";

  static final String VERSION = "2.0.0";
  private static final String REFERENCE = "IPY_MODEL_";
  private static final int CHARS = 200;

  private final JsonObject state = new JsonObject();
  private final Set<String> changed = new LinkedHashSet<>();
  private WidgetComm comm;

  Model(String module, String version, String model, String view) {
    state.addProperty("_model_module", module);
    state.addProperty("_model_module_version", version);
    state.addProperty("_model_name", model);
    state.addProperty("_view_module", module);
    state.addProperty("_view_module_version", version);
    state.addProperty("_view_name", view);
  }

  /** Sets a part of the state, and tells the twin. */
  final void set(String key, JsonElement value) {
    synchronized (this) {
      state.add(key, value);
    }
    changed(key);
  }

  final void set(String key, String value) {
    set(key, new JsonPrimitive(value));
  }

  final void set(String key, boolean value) {
    set(key, new JsonPrimitive(value));
  }

  final void set(String key, Number value) {
    set(key, new JsonPrimitive(value));
  }

  /** Sets a part of the state that the twin has told, or that it does not have to be told. */
  final synchronized void know(String key, JsonElement value) {
    state.add(key, value);
  }

  /** The twin is to hear of it. */
  final void changed(String key) {
    synchronized (this) {
      if (comm == null) {
        return;
      }
      changed.add(key);
    }
    WidgetUpdates.add(this);
  }

  /** A part of the state as the twin gets it. */
  JsonElement encode(String key) {
    return state.get(key);
  }

  /** About how long the message of the changes is, in characters. */
  int chars() {
    return CHARS;
  }

  /** Makes the twin if there is none; its id, or null where there is no front end. */
  final synchronized String open() {
    SessionComms comms = Comms.session();
    if (comm == null && comms != null) {
      changed.clear();
      comm = WidgetComm.open(comms, this, state());
    }
    return comm == null ? null : comm.getID();
  }

  /** How other models name this one in their state; makes the twin. */
  final JsonElement reference() {
    return new JsonPrimitive(REFERENCE + open());
  }

  /** The state as a whole. */
  final synchronized JsonObject state() {
    return encoded(List.copyOf(state.keySet()));
  }

  private JsonObject encoded(List<String> keys) {
    JsonObject encoded = new JsonObject();
    keys.forEach(key -> encoded.add(key, encode(key)));
    return encoded;
  }

  /** Sends what has changed; how much that was, in characters. */
  final synchronized int flush() {
    if (comm == null || changed.isEmpty()) {
      return 0;
    }
    List<String> keys = List.copyOf(changed);
    changed.clear();
    comm.send("update", encoded(keys));
    return chars();
  }

  /** The front end has changed its twin. */
  final void received(JsonObject parts) {
    JsonObject taken = new JsonObject();
    for (Map.Entry<String, JsonElement> each : parts.entrySet()) {
      if (takes(each.getKey(), each.getValue())) {
        taken.add(each.getKey(), each.getValue());
      }
    }
    synchronized (this) {
      if (comm != null && !taken.isEmpty()) {
        // For other pages of the notebook.
        comm.send("echo_update", taken);
      }
    }
  }

  /** Takes a part of the state from the front end; whether it is one that this may come from. */
  boolean takes(String key, JsonElement value) {
    return false;
  }

  /** The front end says that something has happened, such as a click. */
  void happened(String event) {}

  /** The twin goes, with all its views; when this is shown again, there will be another. */
  public void close() {
    WidgetComm was;
    synchronized (this) {
      was = comm;
      comm = null;
    }
    if (was != null) {
      was.close();
    }
  }

  /** The front end has closed the comm. */
  final synchronized void lost(WidgetComm closed) {
    if (comm == closed) {
      comm = null;
    }
  }
}
