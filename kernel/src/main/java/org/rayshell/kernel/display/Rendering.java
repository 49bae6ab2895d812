package org.rayshell.kernel.display;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Values as MIME bundles: by what users register with basekernel's renderer, by their kind, or as
 * text. Rendering runs user code, so no lock is held: a text that never ends must not keep other
 * cells from theirs. Thread-safe, but for values that are rendered just while something is
 * registered with basekernel's renderer.
 */
public final class Rendering {
  private static final String TEXT = "text/plain";
  private static final Field DATA = field("data");
  private static final Field METADATA = field("metadata");

  private final RegisteredRenderer renderer = new RegisteredRenderer();
  private volatile RichKinds rich;

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
    if (value instanceof DisplayData made) {
      return bundle(made, value);
    }
    if (renderer.hasOwn(value)) {
      MimeBundle own =
          rich().guarded("the renderer of " + name(value), () -> registered(value, types));
      return own == null ? text(value) : own;
    }
    MimeBundle kind = rich == null && isSimple(value) ? null : rich().render(value);
    MimeBundle shown = kind == null || types.length == 0 ? kind : only(kind, types);
    return shown == null ? registered(value, types) : shown;
  }

  /** By what is registered with basekernel's renderer, by users or by itself. */
  private MimeBundle registered(Object value, String... types) {
    return bundle(
        types.length == 0 ? renderer.render(value) : renderer.renderAs(value, types), value);
  }

  /** Of no kind but text: what most cells end in loads nothing. */
  private static boolean isSimple(Object value) {
    Class<?> type = value.getClass();
    return type == Integer.class
        || type == String.class
        || type == Double.class
        || type == Long.class
        || type == Boolean.class
        || type == Character.class;
  }

  /** Made when the first value comes that is not simple. */
  RichKinds rich() {
    RichKinds made = rich;
    if (made == null) {
      synchronized (this) {
        if (rich == null) {
          rich = new RichKinds(this);
        }
        made = rich;
      }
    }
    return made;
  }

  private static String name(Object value) {
    return value.getClass().getSimpleName();
  }

  private static MimeBundle text(Object value) {
    return MimeBundle.text(PlainText.asWritten(PlainText.of(value)));
  }

  /** The bundle's content of these types with its text; null if it has none of them. */
  private static MimeBundle only(MimeBundle bundle, String... types) {
    Map<String, Object> data = new LinkedHashMap<>(bundle.data());
    data.keySet().retainAll(List.of(types));
    if (data.isEmpty()) {
      return null;
    }
    data.putIfAbsent(TEXT, bundle.data().get(TEXT));
    return new MimeBundle(data, bundle.metadata());
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
