package org.rayshell.runtime.store;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;

/**
 * Reads one graph of objects that {@link GraphWriter} wrote. An object may be named while it is
 * still being made (a record, a lambda: things that exist only when all their parts do); the field
 * or element that names it is then set later. One thread's, for one value.
 */
final class GraphReader {
  /** What a slot holds while its object is being made. */
  static final Object UNSET = new Object();

  private final ByteSource in;
  private final Plans plans;
  private final SessionCode session;
  private final RefPort refs;
  private final ClassLoader loader;
  private final List<Object> slots = new ArrayList<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private final Map<Integer, List<Consumer<Object>>> waiting = new HashMap<>();
  private int unset;

  GraphReader(ByteSource in, Plans plans, SessionCode session, RefPort refs, ClassLoader loader) {
    this.in = in;
    this.plans = plans;
    this.session = session;
    this.refs = refs;
    this.loader = loader;
  }

  /** Reads any value. */
  Object value() {
    Object value = part();
    if (value == UNSET) {
      throw new DamagedValueException("a cycle runs through a value that must be made at once");
    }
    return value;
  }

  /** Reads any value; {@link #UNSET} if it is still being made, see {@link #later}. */
  private Object part() {
    int tag = in.u1();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.FALSE -> false;
      case Tag.TRUE -> true;
      case Tag.BYTE -> (byte) in.u1();
      case Tag.SHORT -> (short) in.u2();
      case Tag.CHAR -> (char) in.u2();
      case Tag.INT -> (int) in.zigzag();
      case Tag.LONG -> in.zigzag();
      case Tag.FLOAT -> Float.intBitsToFloat(in.u4());
      case Tag.DOUBLE -> Double.longBitsToDouble(in.u8());
      case Tag.AGAIN -> again();
      default -> object(tag);
    };
  }

  private Object again() {
    int slot = in.count(slots.size() - 1L);
    unset = slot;
    return slots.get(slot);
  }

  /** Has the object that the last part named set where it belongs, once it is made. */
  private void later(Consumer<Object> set) {
    waiting.computeIfAbsent(unset, _ -> new ArrayList<>()).add(set);
  }

  private <T> T made(int slot, T value) {
    slots.set(slot, value);
    List<Consumer<Object>> sets = waiting.remove(slot);
    if (sets != null) {
      sets.forEach(set -> set.accept(value));
    }
    return value;
  }

  private Object object(int tag) {
    int slot = slots.size();
    slots.add(UNSET);
    return switch (tag) {
      case Tag.STRING -> made(slot, in.text());
      case Tag.PRIMITIVES -> made(slot, in.array(known(PrimitiveArrays.of(in.u1()))));
      case Tag.OBJECTS -> objects(slot);
      case Tag.ENUM -> made(slot, constant());
      case Tag.CLASS -> made(slot, type());
      case Tag.REF -> made(slot, ref());
      case Tag.LAMBDA -> made(slot, lambda());
      case Tag.RECORD -> made(slot, record());
      case Tag.FIELDS -> fields(slot);
      case Tag.COLLECTION -> collection(slot);
      case Tag.MAP -> map(slot);
      case Tag.PLATFORM -> made(slot, platform());
      case Tag.JAVA_STREAM -> made(slot, javaStream());
      default -> throw new DamagedValueException("unknown tag=" + tag);
    };
  }

  private static <T> T known(T kind) {
    if (kind == null) {
      throw new DamagedValueException("unknown kind");
    }
    return kind;
  }

  private Class<?> type() {
    int number = in.count(classes.size());
    if (number < classes.size()) {
      return classes.get(number);
    }
    String name = in.text();
    Class<?> type = Class.forPrimitiveName(name);
    if (type == null) {
      try {
        type = Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new DamagedValueException("its class is not here: " + name, e);
      }
    }
    classes.add(type);
    return type;
  }

  private Object[] objects(int slot) {
    Class<?> type = type();
    if (!type.isArray() || type.componentType().isPrimitive()) {
      throw new DamagedValueException("not an array of objects: " + type.getName());
    }
    Object[] array = (Object[]) Array.newInstance(type.componentType(), in.count());
    made(slot, array);
    for (int i = 0; i < array.length; i++) {
      Object element = part();
      int index = i;
      if (element == UNSET) {
        later(value -> store(array, index, value));
      } else {
        store(array, index, element);
      }
    }
    return array;
  }

  private static void store(Object[] array, int index, Object value) {
    try {
      array[index] = value;
    } catch (ArrayStoreException e) {
      throw new DamagedValueException("an element has the wrong class: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Object constant() {
    Class<?> type = type();
    String name = in.text();
    if (!type.isEnum()) {
      throw new DamagedValueException("not an enum: " + type.getName());
    }
    try {
      return Enum.valueOf((Class) type, name);
    } catch (IllegalArgumentException e) {
      throw new DamagedValueException(e.getMessage(), e);
    }
  }

  private Object ref() {
    ObjectId id = ObjectId.of(in.raw(ObjectId.BYTES));
    return refs.borrow(new RefAddress(id, in.text()));
  }

  private Object lambda() {
    Lambdas.Form form = Lambdas.read(in);
    Object[] captured = new Object[in.count()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = value();
    }
    return form.make(loader, session, captured);
  }

  private Object record() {
    Class<?> type = type();
    if (!type.isRecord()) {
      throw new DamagedValueException("not a record: " + type.getName());
    }
    RecordShape shape = plans.record(type);
    Object[] components = new Object[shape.fields().size()];
    for (int i = 0; i < components.length; i++) {
      Class<?> component = shape.fields().get(i).getType();
      components[i] = component.isPrimitive() ? primitive(component) : value();
    }
    return shape.make(components);
  }

  private Object fields(int slot) {
    ObjectShape shape = plans.plain(type());
    Object object = made(slot, shape.allocate());
    for (Field field : shape.fields()) {
      if (field.getType().isPrimitive()) {
        set(object, field, primitive(field.getType()));
      } else {
        Object value = part();
        if (value == UNSET) {
          later(made -> set(object, field, made));
        } else {
          set(object, field, value);
        }
      }
    }
    return object;
  }

  private static void set(Object object, Field field, Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new DamagedValueException("cannot set " + field + ": " + e.getMessage(), e);
    }
  }

  private Object primitive(Class<?> type) {
    return switch (type.descriptorString().charAt(0)) {
      case 'Z' -> in.u1() != 0;
      case 'B' -> (byte) in.u1();
      case 'S' -> (short) in.u2();
      case 'C' -> (char) in.u2();
      case 'I' -> (int) in.zigzag();
      case 'J' -> in.zigzag();
      case 'F' -> Float.intBitsToFloat(in.u4());
      default -> Double.longBitsToDouble(in.u8());
    };
  }

  private Object collection(int slot) {
    CollectionKind kind = known(CollectionKind.of(in.u1()));
    Comparator<Object> comparator = kind.sorted() ? comparator() : null;
    int count = in.count();
    try {
      if (kind.immutable()) {
        Object[] elements = new Object[count];
        for (int i = 0; i < count; i++) {
          elements[i] = value();
        }
        return made(slot, kind.immutable(elements));
      }
      Collection<Object> collection = made(slot, kind.empty(comparator));
      for (int i = 0; i < count; i++) {
        add(collection, i);
      }
      return collection;
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new DamagedValueException("a collection refused its own elements: " + e, e);
    }
  }

  private void add(Collection<Object> collection, int index) {
    Object element = part();
    if (element != UNSET) {
      collection.add(element);
    } else if (collection instanceof ArrayList<Object> list) {
      list.add(null);
      later(value -> list.set(index, value));
    } else {
      later(collection::add);
    }
  }

  private Object map(int slot) {
    MapKind kind = known(MapKind.of(in.u1()));
    Comparator<Object> comparator = kind.sorted() ? comparator() : null;
    int count = in.count();
    try {
      Map<Object, Object> map = kind.empty(comparator);
      if (!kind.immutable()) {
        made(slot, map);
      }
      for (int i = 0; i < count; i++) {
        Object key = value();
        Object value = kind.immutable() ? value() : part();
        if (value == UNSET) {
          later(made -> map.put(key, made));
        } else {
          map.put(key, value);
        }
      }
      return kind.immutable() ? made(slot, Map.copyOf(map)) : map;
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new DamagedValueException("a map refused its own entries: " + e, e);
    }
  }

  @SuppressWarnings("unchecked")
  private Comparator<Object> comparator() {
    return (Comparator<Object>) value();
  }

  private Object platform() {
    PlatformKind kind = known(PlatformKind.of(in.u1()));
    Object[] parts = new Object[in.count()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = value();
    }
    return kind.make(java.util.Arrays.asList(parts));
  }

  private Object javaStream() {
    List<Object> children = new ArrayList<>();
    int count = in.count();
    for (int i = 0; i < count; i++) {
      children.add(part());
    }
    return JavaStreams.read(in.block(), children, loader);
  }
}
