package org.rayshell.kernel.display;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.common.Image;
import io.github.spencerpark.jupyter.kernel.display.common.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Values as MIME bundles, by basekernel's renderer: what users register with it is used. Rendering
 * runs user code, so no lock is held: a text that never ends must not keep other cells from theirs.
 * Thread-safe, but for values that are rendered just while something is registered.
 */
public final class Rendering {
  private static final String TEXT = "text/plain";
  private static final Gson GSON = new Gson();

  private final Renderer renderer = new Renderer();

  /** Images and text are known. */
  public Rendering() {
    Text.registerAll(renderer);
    Image.registerAll(renderer);
  }

  /** For registrations; hold its monitor while registering from several threads. */
  public Renderer renderer() {
    return renderer;
  }

  /** The value in its preferred types, and always as plain text. */
  public MimeBundle render(Object value) {
    return render(value, new String[0]);
  }

  /** The value in those MIME types if it can be had in them. */
  public MimeBundle render(Object value, String... types) {
    if (value instanceof MimeBundle bundle) {
      return bundle;
    }
    if (value == null) {
      return MimeBundle.text("null");
    }
    DisplayData data =
        value instanceof DisplayData made
            ? made
            : types.length == 0 ? renderer.render(value) : renderer.renderAs(value, types);
    return bundle(data, value);
  }

  private static MimeBundle bundle(DisplayData rendered, Object value) {
    JsonObject json = GSON.toJsonTree(rendered, DisplayData.class).getAsJsonObject();
    Map<String, Object> data = new LinkedHashMap<>();
    JsonElement given = json.get("data");
    if (given != null && given.isJsonObject()) {
      given.getAsJsonObject().entrySet().forEach(e -> data.put(e.getKey(), plain(e.getValue())));
    }
    if (value.getClass().isArray() || !data.containsKey(TEXT)) {
      data.put(TEXT, value instanceof DisplayData ? "" : PlainText.of(value));
    }
    if (!(value instanceof CharSequence) && data.get(TEXT) instanceof String text) {
      data.put(TEXT, PlainText.asWritten(text));
    }
    JsonElement metadata = json.get("metadata");
    return new MimeBundle(
        data,
        metadata != null && metadata.isJsonObject()
            ? metadata.getAsJsonObject()
            : new JsonObject());
  }

  private static Object plain(JsonElement element) {
    return element instanceof JsonPrimitive text && text.isString() ? text.getAsString() : element;
  }
}
