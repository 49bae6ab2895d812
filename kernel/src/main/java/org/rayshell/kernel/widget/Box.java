package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Widgets beside each other, below each other, or one at a time. Thread-safe. */
public final class Box extends Widget<Box> {
  private static final String SELECTED = "selected_index";

  private final String kind;
  // Guarded by this.
  private List<Widget<?>> children;
  private Integer selected;

  private Box(String kind, List<Widget<?>> children) {
    super(CONTROLS, VERSION, kind + "Model", kind + "View");
    this.kind = kind;
    this.children = List.copyOf(children);
    set("children", JsonNull.INSTANCE);
  }

  /** Beside each other. */
  public static Box row(List<Widget<?>> children) {
    return new Box("HBox", children);
  }

  /** Below each other. */
  public static Box column(List<Widget<?>> children) {
    return new Box("VBox", children);
  }

  /** One at a time, chosen by tabs, the first one at first. */
  public static Box tabs(List<Widget<?>> children) {
    return new Box("Tab", children).select(children.isEmpty() ? null : 0);
  }

  /** One at a time at most, below its title; none at first. */
  public static Box accordion(List<Widget<?>> children) {
    return new Box("Accordion", children).select(null);
  }

  private Box select(Integer index) {
    synchronized (this) {
      selected = index;
    }
    set(SELECTED, index == null ? JsonNull.INSTANCE : new JsonPrimitive(index));
    return this;
  }

  /** Titles of tabs, or in an accordion. */
  public Box titles(String... titles) {
    JsonArray array = new JsonArray();
    List.of(titles).forEach(array::add);
    set("titles", array);
    return this;
  }

  /** Which of tabs, or in an accordion, is open, from 0; null if none is. */
  public synchronized Integer selected() {
    return selected;
  }

  /**
   * Opens one of tabs, or in an accordion.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Box selected(int index) {
    if (index < 0 || index >= children().size()) {
      throw new IllegalArgumentException(
          "index=" + index + ": the box holds " + children().size() + ", counted from 0");
    }
    return select(index);
  }

  /** Adds some at the end. */
  public Box add(Widget<?>... more) {
    for (Widget<?> each : more) {
      if (each == this || each.holds(this)) {
        throw new IllegalArgumentException("a box cannot hold itself");
      }
    }
    synchronized (this) {
      children = Stream.concat(children.stream(), Stream.of(more)).toList();
    }
    changed("children");
    return this;
  }

  @Override
  synchronized List<Widget<?>> children() {
    return children;
  }

  @Override
  JsonElement encode(String key) {
    if (!key.equals("children")) {
      return super.encode(key);
    }
    JsonArray references = new JsonArray();
    children.forEach(each -> references.add(each.reference()));
    return references;
  }

  @Override
  boolean takes(String key, JsonElement value) {
    if (!key.equals(SELECTED)) {
      return false;
    }
    synchronized (this) {
      selected = value.isJsonNull() ? null : value.getAsInt();
      know(SELECTED, value);
    }
    return true;
  }

  @Override
  public String toString() {
    return children().stream()
        .map(each -> each.toString().indent(2).stripTrailing())
        .collect(Collectors.joining("\n", kind + "\n", ""));
  }
}
