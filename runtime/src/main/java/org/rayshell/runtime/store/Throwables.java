package org.rayshell.runtime.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.rayshell.StandInException;

/**
 * Throwables as bytes: always a description (class, message, trace, causes, suppressed), and the
 * throwable itself where it can travel.
 */
final class Throwables {
  private static final int DEEPEST = 64;

  private Throwables() {}

  static EncodedValue encode(ValueCodec codec, Throwable thrown) {
    EncodedValue whole;
    try {
      whole = codec.onHeap(thrown);
    } catch (RuntimeException | Error _) {
      whole = new EncodedValue(new byte[0]);
    }
    byte[] described = codec.onHeap(describe(thrown, identitySet(), DEEPEST)).bytes();
    ByteSink out = new ByteSink(whole.size() + described.length + 10);
    out.block(whole.bytes());
    out.block(described);
    return new EncodedValue(out.toArray(), whole.refs());
  }

  static Throwable decode(ValueCodec codec, EncodedValue value, ClassLoader loader) {
    ByteSource in = new ByteSource(value.bytes(), 0);
    byte[] whole = in.block();
    byte[] described = in.block();
    if (whole.length > 0) {
      try {
        if (codec.decode(new EncodedValue(whole), loader) instanceof Throwable thrown) {
          return thrown;
        }
      } catch (RuntimeException | LinkageError _) {
        // Its class is not here, or its own deserialization fails: described instead.
      }
    }
    ClassLoader ours = Throwables.class.getClassLoader();
    if (codec.decode(new EncodedValue(described), ours) instanceof Description description) {
      return description.standIn();
    }
    throw new DamagedValueException("not a throwable");
  }

  private static Set<Throwable> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static Description describe(Throwable thrown, Set<Throwable> met, int deepest) {
    if (thrown == null || deepest == 0 || !met.add(thrown)) {
      return null;
    }
    List<Description> suppressed = new ArrayList<>();
    for (Throwable each : thrown.getSuppressed()) {
      suppressed.add(describe(each, met, deepest - 1));
    }
    return new Description(
        named(thrown).getName(),
        message(thrown),
        had(thrown::getStackTrace, new StackTraceElement[0]),
        describe(had(thrown::getCause, null), met, deepest - 1),
        suppressed);
  }

  /** Its class; of an anonymous one, which has no name to tell, what it extends. */
  private static Class<?> named(Throwable thrown) {
    Class<?> type = thrown.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    return type;
  }

  /** What a user's override gives, or the other value if it fails. */
  private static <T> T had(Supplier<T> override, T otherwise) {
    try {
      return override.get();
    } catch (RuntimeException | Error _) {
      return otherwise;
    }
  }

  /** A user's {@code getMessage} may fail. */
  private static String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException | Error e) {
      return "(its getMessage failed with " + e.getClass().getName() + ")";
    }
  }

  /** What everyone can read of a throwable. */
  record Description(
      String type,
      String message,
      StackTraceElement[] trace,
      Description cause,
      List<Description> suppressed) {

    StandInException standIn() {
      StandInException made =
          new StandInException(type, message, cause == null ? null : cause.standIn());
      made.setStackTrace(trace);
      suppressed.stream()
          .filter(java.util.Objects::nonNull)
          .forEach(each -> made.addSuppressed(each.standIn()));
      return made;
    }
  }
}
