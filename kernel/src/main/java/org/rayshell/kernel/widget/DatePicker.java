package org.rayshell.kernel.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.LocalDate;

/** A field for a date; its value is null while there is none. Thread-safe. */
public final class DatePicker extends Control<LocalDate, DatePicker> {
  // Guarded by this; null for none.
  private LocalDate first;
  private LocalDate last;

  /** Without a date. */
  public DatePicker() {
    super("DatePicker", "value");
    begin(null);
  }

  /**
   * Takes dates from the first to the last only; a value that is outside becomes the nearest.
   *
   * @param first null for no limit
   * @param last null for no limit
   */
  public DatePicker between(LocalDate first, LocalDate last) {
    if (first != null && last != null && first.isAfter(last)) {
      throw new IllegalArgumentException("first=" + first + " is after last=" + last);
    }
    synchronized (this) {
      this.first = first;
      this.last = last;
    }
    set("min", write(first));
    set("max", write(last));
    refit();
    return this;
  }

  /** Takes the date away. */
  public DatePicker clear() {
    adjust(_ -> null);
    return this;
  }

  @Override
  LocalDate checked(LocalDate wanted) {
    if (!wanted.equals(fit(wanted))) {
      throw new IllegalArgumentException(
          "value=" + wanted + ": the dates go from " + first + " to " + last);
    }
    return wanted;
  }

  @Override
  synchronized LocalDate fit(LocalDate wanted) {
    if (wanted != null && first != null && wanted.isBefore(first)) {
      return first;
    }
    return wanted != null && last != null && wanted.isAfter(last) ? last : wanted;
  }

  /** As the page has it: months count from 0. */
  @Override
  JsonElement write(LocalDate written) {
    if (written == null) {
      return JsonNull.INSTANCE;
    }
    JsonObject date = new JsonObject();
    date.addProperty("year", written.getYear());
    date.addProperty("month", written.getMonthValue() - 1);
    date.addProperty("date", written.getDayOfMonth());
    return date;
  }

  @Override
  LocalDate read(JsonElement written) {
    if (!(written instanceof JsonObject date)) {
      return null;
    }
    return fit(
        LocalDate.of(
            date.get("year").getAsInt(),
            date.get("month").getAsInt() + 1,
            date.get("date").getAsInt()));
  }
}
