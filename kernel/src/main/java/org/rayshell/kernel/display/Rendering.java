package org.rayshell.kernel.display;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.common.Image;
import io.github.spencerpark.jupyter.kernel.display.common.Text;
import java.lang.reflect.Field;
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
  private static final Field DATA = field("data");
  private static final Field METADATA = field("metadata");

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
    Map<String, Object> data = new LinkedHashMap<>();
    held(DATA, rendered)
        .forEach((type, given) -> {
          if (given != null) {
            data.put(type, given instanceof String ? given : plain(Trees.GSON.toJsonTree(given)));
          }
        });
    if (value.getClass().isArray() || !data.containsKey(TEXT)) {
      data.put(TEXT, value instanceof DisplayData ? "" : PlainText.of(value));
    }
    if (!(value instanceof CharSequence) && data.get(TEXT) instanceof String text) {
      data.put(TEXT, PlainText.asWritten(text));
    }
    Map<?, ?> metadata = held(METADATA, rendered);
    return new MimeBundle(
        data,
        metadata.isEmpty() ? new JsonObject() : Trees.GSON.toJsonTree(metadata).getAsJsonObject());
  }

  /** What basekernel's class has no accessor for. */
  private static Field field(String name) {
    try {
      Field field = DisplayData.class.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> held(Field field, DisplayData of) {
    try {
      Map<String, Object> map = (Map<String, Object>) field.get(of);
      return map == null ? Map.of() : map;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Made when the first value is rendered that is no text. */
  private static final class Trees {
    static final Gson GSON = new Gson();
  }

  private static Object plain(JsonElement element) {
    return element instanceof JsonPrimitive text && text.isString() ? text.getAsString() : element;
  }
}
