package org.rayshell.runtime.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Classes of the JDK that it does not serialize itself and that are still plain data. Each is
 * written as a list of parts; a view of a collection becomes a collection of its own.
 */
enum PlatformKind {
  OBJECT(Object.class, _ -> List.of(), _ -> new Object()),
  OPTIONAL(Optional.class, PlatformKind::optional, parts -> Optional.ofNullable(parts.getFirst())),
  OPTIONAL_INT(
      OptionalInt.class,
      o -> o.isPresent() ? List.of(o.getAsInt()) : List.of(),
      p -> p.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) p.getFirst())),
  OPTIONAL_LONG(
      OptionalLong.class,
      o -> o.isPresent() ? List.of(o.getAsLong()) : List.of(),
      p -> p.isEmpty() ? OptionalLong.empty() : OptionalLong.of((long) p.getFirst())),
  OPTIONAL_DOUBLE(
      OptionalDouble.class,
      o -> o.isPresent() ? List.of(o.getAsDouble()) : List.of(),
      p -> p.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) p.getFirst())),
  INT_STATISTICS(
      IntSummaryStatistics.class,
      s -> List.of(s.getCount(), s.getMin(), s.getMax(), s.getSum()),
      p ->
          new IntSummaryStatistics(
              (long) p.get(0), (int) p.get(1), (int) p.get(2), (long) p.get(3))),
  LONG_STATISTICS(
      LongSummaryStatistics.class,
      s -> List.of(s.getCount(), s.getMin(), s.getMax(), s.getSum()),
      p ->
          new LongSummaryStatistics(
              (long) p.get(0), (long) p.get(1), (long) p.get(2), (long) p.get(3))),
  DOUBLE_STATISTICS(
      DoubleSummaryStatistics.class,
      s -> List.of(s.getCount(), s.getMin(), s.getMax(), s.getSum()),
      p ->
          new DoubleSummaryStatistics(
              (long) p.get(0), (double) p.get(1), (double) p.get(2), (double) p.get(3))),
  IDENTITY(Function.identity().getClass(), _ -> List.of(), _ -> Function.identity()),
  UNARY_IDENTITY(
      UnaryOperator.identity().getClass(), _ -> List.of(), _ -> UnaryOperator.identity()),
  PATH(Path.class, p -> List.of(p.toString()), parts -> Path.of((String) parts.getFirst())),
  CHARSET(
      Charset.class, c -> List.of(c.name()), parts -> Charset.forName((String) parts.getFirst())),
  BYTE_BUFFER(ByteBuffer.class, PlatformKind::buffer, PlatformKind::buffer),
  ENTRY(
      Map.Entry.class,
      e -> Arrays.asList(e.getKey(), e.getValue()),
      p -> new AbstractMap.SimpleImmutableEntry<>(p.get(0), p.get(1))),
  LIST_VIEW(List.class, l -> Arrays.asList(l.toArray()), PlatformKind::list),
  SET_VIEW(Set.class, s -> Arrays.asList(s.toArray()), LinkedHashSet::new),
  COLLECTION_VIEW(Collection.class, c -> Arrays.asList(c.toArray()), PlatformKind::list),
  MAP_VIEW(Map.class, m -> List.of(new LinkedHashMap<Object, Object>(m)), List::getFirst);

  private static final PlatformKind[] ALL = values();

  private final Class<?> type;
  private final Function<Object, List<?>> take;
  private final Function<List<?>, Object> make;

  <T> PlatformKind(Class<T> type, Function<T, List<?>> take, Function<List<?>, Object> make) {
    this.type = type;
    this.take = value -> take.apply(type.cast(value));
    this.make = make;
  }

  static PlatformKind of(Class<?> type) {
    for (PlatformKind kind : ALL) {
      if (kind == OBJECT ? type == Object.class : kind.type.isAssignableFrom(type)) {
        return kind;
      }
    }
    return null;
  }

  static PlatformKind of(int ordinal) {
    return ordinal < ALL.length ? ALL[ordinal] : null;
  }

  /** What it consists of. */
  List<?> parts(Object value) {
    return take.apply(value);
  }

  /** One of these parts. */
  Object make(List<?> parts) {
    try {
      return make.apply(parts);
    } catch (RuntimeException e) {
      throw new DamagedValueException("bad parts of a " + type.getName() + ": " + e, e);
    }
  }

  private static List<?> optional(Optional<?> value) {
    return Arrays.asList((Object) value.orElse(null));
  }

  private static Object list(List<?> parts) {
    return new ArrayList<Object>(parts);
  }

  private static List<?> buffer(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return List.of(
        bytes,
        buffer.position(),
        buffer.limit(),
        buffer.order() == ByteOrder.BIG_ENDIAN,
        buffer.isDirect(),
        buffer.isReadOnly());
  }

  private static Object buffer(List<?> parts) {
    byte[] bytes = (byte[]) parts.get(0);
    ByteBuffer buffer =
        (boolean) parts.get(4)
            ? ByteBuffer.allocateDirect(bytes.length).put(bytes)
            : ByteBuffer.wrap(bytes);
    buffer.clear().position((int) parts.get(1)).limit((int) parts.get(2));
    ByteBuffer made = (boolean) parts.get(5) ? buffer.asReadOnlyBuffer() : buffer;
    return made.order((boolean) parts.get(3) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }
}
