package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rayshell.kernel.display.Showable;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.MimeBundle;

/**
 * Something that a page shows: a control, or what holds controls. As a cell's last line it is
 * shown, as often as wanted; all views are of the same widget. Its methods can be chained.
 * Thread-safe.
 *
 * @param <S> the class itself
 */
public abstract class Widget<S extends Widget<S>> extends Model implements Showable {
  private static final TreeSet<String> LAYOUT =
      new TreeSet<>(
          List.of(
              ("align-content align-items align-self border-bottom border-left border-right border-top bottom"
                      + " display flex flex-flow grid-area grid-auto-columns grid-auto-flow grid-auto-rows"
                      + " grid-column grid-gap grid-row grid-template-areas grid-template-columns"
                      + " grid-template-rows height justify-content justify-items left margin max-height"
                      + " max-width min-height min-width object-fit object-position order overflow padding"
                      + " right top visibility width")
                  .split(" ")));
  private static final String CLASSES = "_dom_classes";
  private static final String REMEDY =
      "\nIn JupyterLab this is a widget; if you see this text there: pip install jupyterlab_widgets";

  // Guarded by this, made when first wanted.
  private Look layout;
  private volatile Cell home;

  Widget(String module, String version, String model, String view) {
    super(module, version, model, view);
  }

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  /** How wide it is, such as {@code "300px"} or {@code "50%"}. */
  public final S width(String css) {
    return layout("width", css);
  }

  /** How high it is, such as {@code "300px"}. */
  public final S height(String css) {
    return layout("height", css);
  }

  /** Whether it is there; without it the place is taken by what comes next. */
  public final S visible(boolean visible) {
    return layout("display", visible ? null : "none");
  }

  /**
   * A property of its layout by CSS, such as {@code layout("margin", "1em")}; null for the default.
   *
   * @throws IllegalArgumentException for a property that widgets do not have
   */
  public final S layout(String property, String css) {
    if (property.equals("border")) {
      List.of("top", "right", "bottom", "left").forEach(side -> layout("border-" + side, css));
      return self();
    }
    if (!LAYOUT.contains(property)) {
      throw new IllegalArgumentException(
          "property=" + property + ": a layout has border, " + String.join(", ", LAYOUT));
    }
    boolean first;
    Look look;
    synchronized (this) {
      first = layout == null;
      if (first) {
        layout = Look.layout();
      }
      look = layout;
    }
    look.set(property.replace('-', '_'), css == null ? JsonNull.INSTANCE : new JsonPrimitive(css));
    if (first) {
      set("layout", JsonNull.INSTANCE);
    }
    return self();
  }

  /** What is shown while the pointer is over it. */
  public final S tooltip(String text) {
    set("tooltip", text);
    return self();
  }

  /** Adds classes for style sheets of the page. */
  public final S classes(String... names) {
    synchronized (this) {
      JsonArray all = new JsonArray();
      if (encode(CLASSES) instanceof JsonArray before) {
        all.addAll(before);
      }
      List.of(names).forEach(all::add);
      set(CLASSES, all);
    }
    return self();
  }

  @Override
  JsonElement encode(String key) {
    return key.equals("layout") && layout != null ? layout.reference() : super.encode(key);
  }

  /** Its views go from the page; shown again, it is there again. */
  @Override
  public void close() {
    super.close();
    Look look;
    synchronized (this) {
      look = layout;
    }
    if (look != null) {
      look.close();
    }
  }

  /** What it holds. */
  List<Widget<?>> children() {
    return List.of();
  }

  /** Whether it holds that one, at whatever depth. */
  final boolean holds(Widget<?> other) {
    return children().stream().anyMatch(each -> each == other || each.holds(other));
  }

  /** The view for a page, and its text for what shows no widgets. */
  @Override
  public final MimeBundle bundle() {
    Cell cell = CurrentCell.get();
    if (cell != null) {
      shownBy(cell);
    }
    String id = open();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("text/plain", id == null ? toString() : this + REMEDY);
    if (id != null) {
      JsonObject view = new JsonObject();
      view.addProperty("version_major", 2);
      view.addProperty("version_minor", 0);
      view.addProperty("model_id", id);
      data.put("application/vnd.jupyter.widget-view+json", view);
    }
    return new MimeBundle(data, new JsonObject());
  }

  private void shownBy(Cell cell) {
    home = cell;
    children().forEach(each -> each.shownBy(cell));
  }

  /** The cell under which its handlers print: where it was shown last, else that one. */
  final Cell home(Cell other) {
    return home == null ? other : home;
  }
}
