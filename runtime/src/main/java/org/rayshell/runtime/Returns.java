package org.rayshell.runtime;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;
import org.rayshell.RayException;

/** What functions with several values return. */
public final class Returns {
  private Returns() {}

  /**
   * The values of an array or a collection.
   *
   * @throws RayException if it is none, or has another number of them
   */
  public static List<Object> exactly(int count, Object returned, String function) {
    List<Object> values = null;
    if (returned instanceof Collection<?> some) {
      values = new ArrayList<>(some);
    } else if (returned != null && returned.getClass().isArray()) {
      values = new ArrayList<>();
      for (int i = 0; i < Array.getLength(returned); i++) {
        values.add(Array.get(returned, i));
      }
    }
    if (values == null) {
      throw new RayException(
          function
              + " was called by remoteMany and must return an array or a list of as many values: it"
              + " returned "
              + type(returned)
              + ", numReturns="
              + count);
    }
    if (values.size() != count) {
      throw new RayException(
          function
              + " returned another number of values than its call asked for; say how many by"
              + " options(o -> o.numReturns(n)): returned="
              + values.size()
              + ", numReturns="
              + count);
    }
    return values;
  }

  /**
   * The values of a stream, an iterator, an iterable or an array.
   *
   * @throws RayException if it is none of these
   */
  static Iterator<?> each(Object returned, String function) {
    return switch (returned) {
      case BaseStream<?, ?> stream -> stream.iterator();
      case Iterator<?> iterator -> iterator;
      case Iterable<?> iterable -> iterable.iterator();
      case Object[] array -> Arrays.asList(array).iterator();
      case null, default ->
          throw new RayException(
              function
                  + " was called by remoteStream and must return a Stream, an Iterator or an"
                  + " Iterable: it returned "
                  + type(returned));
    };
  }

  private static String type(Object value) {
    return value == null ? "null" : "a " + value.getClass().getTypeName();
  }
}
