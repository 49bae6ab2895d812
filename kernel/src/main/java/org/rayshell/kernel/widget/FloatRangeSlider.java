package org.rayshell.kernel.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;

/** A slider for a range of numbers. Thread-safe. */
public final class FloatRangeSlider extends Slider<Range<Double>, Double, FloatRangeSlider> {
  /** From the least value to the greatest; it begins with all of that. */
  public FloatRangeSlider(double min, double max) {
    super("FloatRangeSlider", Decimals.finite(min), Decimals.finite(max));
    limits(Decimals.step(min, max), new Range<>(min, max));
    set("readout_format", Decimals.format(Decimals.step(min, max)));
  }

  /** Changes both ends. */
  public FloatRangeSlider value(double low, double high) {
    return value(new Range<>(Decimals.finite(low), Decimals.finite(high)));
  }

  @Override
  public FloatRangeSlider step(Double step) {
    super.step(step);
    set("readout_format", Decimals.format(step));
    return this;
  }

  @Override
  Range<Double> checked(Range<Double> wanted) {
    return checkedRange(wanted);
  }

  @Override
  Range<Double> fit(Range<Double> wanted) {
    return fitRange(wanted);
  }

  @Override
  JsonElement write(Range<Double> written) {
    JsonArray ends = new JsonArray();
    ends.add(written.low());
    ends.add(written.high());
    return ends;
  }

  @Override
  Range<Double> read(JsonElement written) {
    JsonArray ends = written.getAsJsonArray();
    return new Range<>(ends.get(0).getAsDouble(), ends.get(1).getAsDouble());
  }
}
