package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A widget with a value, which the person at the page changes, or Java does. Thread-safe.
 *
 * @param <V> the value; immutable
 * @param <S> the class itself
 */
public abstract class Control<V, S extends Control<V, S>> extends Widget<S> {
  private final String key;
  private final List<Trigger> triggers = new CopyOnWriteArrayList<>();
  private final List<Consumer<V>> linked = new CopyOnWriteArrayList<>();
  // Guarded by this.
  private V value;
  private String label = "";
  private Look labelStyle;

  /** Of that kind; its value is known by that key. */
  Control(String kind, String key) {
    super(CONTROLS, VERSION, kind + "Model", kind + "View");
    this.key = key;
  }

  /** Sets what the value is at first. */
  final void begin(V first) {
    synchronized (this) {
      value = first;
      know(key, write(first));
    }
  }

  /** Its value now. */
  public final synchronized V value() {
    return value;
  }

  /**
   * Changes the value, here and in the page.
   *
   * @throws IllegalArgumentException if it cannot have that value
   */
  public final S value(V value) {
    V wanted = checked(Objects.requireNonNull(value, "value"));
    adjust(_ -> wanted);
    return self();
  }

  /** Makes another value of the one that it has, here and in the page. */
  final void adjust(UnaryOperator<V> step) {
    change(step, true);
  }

  private void change(UnaryOperator<V> step, boolean tell) {
    V to;
    synchronized (this) {
      to = step.apply(value);
      if (Objects.equals(value, to)) {
        return;
      }
      value = to;
      know(key, write(to));
    }
    if (tell) {
      changed(key);
    }
    linked.forEach(each -> each.accept(to));
    triggers.forEach(Trigger::pull);
  }

  /** Makes the value one that the control can have, after its limits have changed. */
  final void refit() {
    adjust(this::fit);
  }

  /**
   * Calls the handler when the value has changed, whether in the page or here, with the latest
   * value: those that come while a handler is at work are passed over. Handlers run one after the
   * other, on a thread of their own, also while a cell runs; what they print appears where the
   * widget was shown last.
   */
  public final S onChange(Handler<? super V> handler) {
    Objects.requireNonNull(handler, "handler");
    onAny(new Trigger(() -> handler.handle(value()), this));
    return self();
  }

  final void onAny(Trigger trigger) {
    triggers.add(trigger);
  }

  /** Forgets all handlers. */
  public final S removeHandlers() {
    triggers.clear();
    return self();
  }

  /** Gives the value to the other one whenever it changes, as near as that can have it. */
  final void leads(Control<V, ?> other) {
    linked.add(to -> other.adjust(_ -> other.fit(to)));
  }

  final void tellLinked() {
    V now = value();
    linked.forEach(each -> each.accept(now));
  }

  /** The text beside it. */
  public final S label(String text) {
    synchronized (this) {
      label = text;
    }
    set("description", text);
    return self();
  }

  /** How wide the label is, such as {@code "8em"}, or {@code "initial"} for as wide as its text. */
  public final S labelWidth(String css) {
    boolean first;
    Look look;
    synchronized (this) {
      first = labelStyle == null;
      if (first) {
        labelStyle = Look.label();
      }
      look = labelStyle;
    }
    look.set("description_width", css);
    if (first) {
      set("style", JsonNull.INSTANCE);
    }
    return self();
  }

  /** Whether the person at the page may change it. */
  public final S enabled(boolean enabled) {
    set("disabled", !enabled);
    return self();
  }

  /** The value if the control can have it. */
  abstract V checked(V wanted);

  /** The value that is nearest to it. */
  abstract V fit(V wanted);

  abstract JsonElement write(V written);

  abstract V read(JsonElement written);

  @Override
  final boolean takes(String part, JsonElement given) {
    if (!part.equals(key)) {
      return false;
    }
    V read = read(given);
    change(_ -> read, false);
    return true;
  }

  @Override
  JsonElement encode(String part) {
    return part.equals("style") && labelStyle != null ? labelStyle.reference() : super.encode(part);
  }

  @Override
  public final void close() {
    super.close();
    Look look;
    synchronized (this) {
      look = labelStyle;
    }
    if (look != null) {
      look.close();
    }
  }

  /** Its class, label and value. */
  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + described() + ")";
  }

  final synchronized String described() {
    return (label.isEmpty() ? "" : "label=" + label + ", ") + "value=" + value;
  }
}
