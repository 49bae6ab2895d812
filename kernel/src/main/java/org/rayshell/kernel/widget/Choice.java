package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.Function;

/**
 * A choice of one of several values, by a list that drops down or is open, by radio buttons or by
 * buttons that stay down. Thread-safe.
 *
 * @param <T> the values
 */
public final class Choice<T> extends Control<T, Choice<T>> {
  // Guarded by this.
  private List<T> options = List.of();
  private Function<? super T, String> names = String::valueOf;

  private Choice(String kind, List<? extends T> options) {
    super(kind, "index");
    this.options = some(options);
    tellOptions();
    begin(this.options.getFirst());
    if (kind.endsWith("Buttons")) {
      // Their label is to be at their side, as all others' are.
      classes("widget-inline-hbox");
    }
  }

  /** A list that drops down. The first option is chosen. */
  public static <T> Choice<T> dropdown(List<? extends T> options) {
    return new Choice<>("Dropdown", options);
  }

  /** A list that is open. */
  public static <T> Choice<T> list(List<? extends T> options) {
    return new Choice<>("Select", options);
  }

  /** A button for each option, one of which is marked. */
  public static <T> Choice<T> radio(List<? extends T> options) {
    return new Choice<>("RadioButtons", options);
  }

  /** A button for each option, one of which is down. */
  public static <T> Choice<T> buttons(List<? extends T> options) {
    return new Choice<>("ToggleButtons", options);
  }

  private static <T> List<T> some(List<? extends T> options) {
    if (options.isEmpty()) {
      throw new IllegalArgumentException("options=[]: there is nothing to choose from");
    }
    return List.copyOf(options);
  }

  private void tellOptions() {
    JsonArray labels = new JsonArray();
    List<T> all;
    Function<? super T, String> by;
    synchronized (this) {
      all = options;
      by = names;
    }
    // User code, so not under the lock.
    all.forEach(each -> labels.add(by.apply(each)));
    set("_options_labels", labels);
  }

  /** What there is to choose from. */
  public synchronized List<T> options() {
    return options;
  }

  /** Offers others; what was chosen stays so if it is one of them, else the first one is. */
  public Choice<T> options(List<? extends T> others) {
    List<T> next = some(others);
    T chosen = value();
    synchronized (this) {
      options = next;
    }
    tellOptions();
    if (next.contains(chosen)) {
      // Its index may be another one.
      set("index", write(chosen));
    } else {
      refit();
    }
    return this;
  }

  /** How the options are called, if not by their own text. */
  public Choice<T> names(Function<? super T, String> naming) {
    synchronized (this) {
      names = naming;
    }
    tellOptions();
    return this;
  }

  @Override
  T checked(T wanted) {
    List<T> all = options();
    if (wanted == null || !all.contains(wanted)) {
      throw new IllegalArgumentException("value=" + wanted + " is none of the options " + all);
    }
    return wanted;
  }

  @Override
  T fit(T wanted) {
    List<T> all = options();
    return all.contains(wanted) ? wanted : all.getFirst();
  }

  @Override
  JsonElement write(T written) {
    int index = options().indexOf(written);
    return index < 0 ? JsonNull.INSTANCE : new JsonPrimitive(index);
  }

  @Override
  T read(JsonElement written) {
    List<T> all = options();
    return written.isJsonNull() ? value() : all.get(written.getAsInt());
  }
}
