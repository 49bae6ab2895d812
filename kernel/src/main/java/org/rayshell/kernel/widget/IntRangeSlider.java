package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

/** A slider for a range of whole numbers. Thread-safe. */
public final class IntRangeSlider extends Slider<Range<Integer>, Integer, IntRangeSlider> {
  /** From the least value to the greatest; it begins with all of that. */
  public IntRangeSlider(int min, int max) {
    super("IntRangeSlider", min, max);
    limits(1, new Range<>(min, max));
  }

  /** Changes both ends. */
  public IntRangeSlider value(int low, int high) {
    return value(new Range<>(low, high));
  }

  @Override
  Range<Integer> checked(Range<Integer> wanted) {
    return checkedRange(wanted);
  }

  @Override
  Range<Integer> fit(Range<Integer> wanted) {
    return fitRange(wanted);
  }

  @Override
  JsonElement write(Range<Integer> written) {
    JsonArray ends = new JsonArray();
    ends.add(written.low());
    ends.add(written.high());
    return ends;
  }

  @Override
  Range<Integer> read(JsonElement written) {
    JsonArray ends = written.getAsJsonArray();
    return new Range<>(ends.get(0).getAsInt(), ends.get(1).getAsInt());
  }
}
