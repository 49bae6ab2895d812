package org.rayshell.runtime.code;

import java.lang.invoke.SerializedLambda;
import java.util.concurrent.atomic.AtomicReference;
import org.rayshell.TaskOptions;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.store.UnshippableException;
import org.rayshell.runtime.store.ValueCodec;

/**
 * What is the same for all lambdas of one place in the code, which are of one class; found out once
 * for each, since taking a lambda apart takes longer than all else of a small call. Thread-safe.
 */
final class LambdaPlaces {
  private final ValueCodec codec;

  /** By class, so that a place goes with its code. */
  private final ClassValue<AtomicReference<Place>> places =
      new ClassValue<>() {
        @Override
        protected AtomicReference<Place> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  LambdaPlaces(ValueCodec codec) {
    this.codec = codec;
  }

  /** The place of a lambda; of what is none, one of its own. */
  Place of(Object lambda) {
    AtomicReference<Place> known = places.get(lambda.getClass());
    Place place = known.get();
    if (place != null) {
      return place;
    }
    SerializedLambda form = LambdaForms.of(lambda);
    if (form == null) {
      return new Place("lambda", TaskOptions.defaults(), true);
    }
    boolean captures = form.getCapturedArgCount() > 0;
    place =
        Names.isLambda(form.getImplMethodName())
            ? new Place("lambda", TaskOptions.defaults(), captures)
            : new Place(
                form.getImplMethodName().equals("<init>") ? "new" : form.getImplMethodName(),
                LambdaForms.defaults(form, lambda.getClass().getClassLoader()),
                captures);
    known.set(place);
    return place;
  }

  /** A target, and what it was made of. */
  private record Made(byte[] lambda, byte[] values, EncodedValue target) {}

  /** A place in the code that makes lambdas. */
  final class Place {
    private final String name;
    private final TaskOptions defaults;
    private final boolean captures;
    private volatile ValueCodec.Graph graph;
    private volatile Made made;

    private Place(String name, TaskOptions defaults, boolean captures) {
      this.name = name;
      this.defaults = defaults;
      this.captures = captures;
    }

    /** Of the method it refers to, or {@code lambda}. */
    String name() {
      return name;
    }

    /** What {@code @Remote} says on that method. */
    TaskOptions defaults() {
      return defaults;
    }

    /**
     * What a call of the lambda calls, without refs; the same each time if that is made of the
     * same.
     *
     * @param values those of the variables that its code reads; null for none
     */
    EncodedValue target(EncodedValue lambda, byte[] values) {
      Made known = made;
      if (known == null || known.lambda != lambda.bytes() || known.values != values) {
        EncodedValue target =
            new EncodedValue(new Target.Lambda(lambda, !captures, values).encode());
        known = new Made(lambda.bytes(), values, target);
        if (!captures) {
          made = known;
        }
      }
      return known.target;
    }

    /** The lambda as bytes; the same ones each time if it captures nothing. */
    ValueCodec.Graph graph(Object lambda) throws UnshippableException {
      if (captures) {
        return codec.graph(lambda);
      }
      ValueCodec.Graph known = graph;
      if (known == null) {
        known = codec.graph(lambda);
        graph = known;
      }
      return known;
    }
  }
}
