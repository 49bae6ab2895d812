package org.rayshell.kernel.display;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.Image;
import java.awt.image.RenderedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.swing.Icon;
import org.rayshell.kernel.display.table.Table;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Values that are more than text: what a renderer was registered for, tables, images, charts, JSON,
 * and what has a method for it. Not loaded before a value is shown that is no number or string.
 * Thread-safe.
 */
final class RichKinds {
  private static final int MOST_RENDERERS_IN_TURN = 8;
  private static final String TEXT = "text/plain";

  private final Rendering rendering;
  private final ValueRenderers renderers = new ValueRenderers();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  RichKinds(Rendering rendering) {
    this.rendering = rendering;
  }

  ValueRenderers renderers() {
    return renderers;
  }

  /** The value as its kind is shown; null if it is of none, or if that failed. */
  MimeBundle render(Object value) {
    ValueRenderer<?> renderer = renderers.find(value);
    if (renderer != null) {
      MimeBundle shown =
          guarded(
              "the renderer of " + renderer.type().getSimpleName(), () -> custom(renderer, value));
      if (shown != null) {
        return shown;
      }
    }
    return guarded("showing a " + value.getClass().getSimpleName(), () -> known(value));
  }

  private MimeBundle custom(ValueRenderer<?> renderer, Object value) throws Exception {
    Object shown = value;
    ValueRenderer<?> next = renderer;
    for (int i = 0; i < MOST_RENDERERS_IN_TURN && next != null; i++) {
      Object by = call(next, shown);
      if (by == null || by == shown) {
        return null;
      }
      shown = by;
      next = shown instanceof MimeBundle ? null : renderers.find(shown);
    }
    if (next != null) {
      throw new IllegalStateException("renderers give values to each other without an end");
    }
    return withText(rendering.render(shown), value);
  }

  private static <T> Object call(ValueRenderer<T> renderer, Object value) throws Exception {
    return renderer.render(renderer.type().cast(value));
  }

  /** A bundle that has text, for what shows nothing else. */
  private static MimeBundle withText(MimeBundle bundle, Object value) {
    if (bundle.data().containsKey(TEXT)) {
      return bundle;
    }
    Map<String, Object> data = new LinkedHashMap<>(bundle.data());
    data.put(TEXT, PlainText.asWritten(PlainText.of(value)));
    return new MimeBundle(data, bundle.metadata());
  }

  private static MimeBundle known(Object value) throws Exception {
    if (value instanceof Showable showable) {
      return showable.bundle();
    }
    Table table = value instanceof Table given ? given : Table.ofTable(value);
    if (table != null) {
      return table.bundle();
    }
    if (value instanceof RenderedImage image) {
      return Png.bundle(image);
    }
    if (value instanceof Image image) {
      return Png.ofImage(image);
    }
    if (value instanceof Icon icon) {
      return Png.ofIcon(icon);
    }
    if (value instanceof JsonObject || value instanceof JsonArray || Json.isJackson(value)) {
      return Json.bundle(value);
    }
    MimeBundle chart = Charts.bundle(value);
    return chart != null ? chart : SelfShown.bundle(value);
  }

  /** Makes a bundle. */
  interface Maker {
    MimeBundle make() throws Exception;
  }

  /** The bundle; null, and what failed is said once, if it cannot be made. */
  MimeBundle guarded(String what, Maker maker) {
    try {
      return maker.make();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error && !isOfRenderer(error)) {
        throw error;
      }
      say(what, e.getCause());
    } catch (Exception e) {
      say(what, e);
    } catch (Error e) {
      if (!isOfRenderer(e)) {
        throw e;
      }
      say(what, e);
    }
    return null;
  }

  /** Not the end of the cell, nor of the heap. */
  private static boolean isOfRenderer(Error error) {
    return error instanceof LinkageError
        || error instanceof AssertionError
        || error instanceof StackOverflowError;
  }

  private void say(String what, Throwable cause) {
    if (failed.add(what + cause.getClass().getName())) {
      System.err.println(
          what + " failed, so its text is shown: " + PlainText.asWritten(cause.toString()));
    }
  }
}
