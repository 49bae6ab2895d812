package org.rayshell.runtime.store;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.rayshell.ObjectRef;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.RefPort;

/**
 * Writes one graph of objects. Each object is written once and named by its slot afterwards, so
 * that identity and cycles survive. One thread's, for one value.
 */
final class GraphWriter {
  private static final int FEW = 8;

  private final ByteSink out;
  private final Plans plans;
  private final SessionCode session;
  private final RefPort refs;
  private final Map<Object, Integer> slots = new IdentityHashMap<>(FEW);
  private final Map<Class<?>, Integer> classes = new HashMap<>();
  private final List<ObjectRef<?>> found = new ArrayList<>(0);
  private final SessionCode.Seen seen =
      new SessionCode.Seen(new LinkedHashSet<>(), new ArrayList<>());

  GraphWriter(ByteSink out, Plans plans, SessionCode session, RefPort refs) {
    this.out = out;
    this.plans = plans;
    this.session = session;
    this.refs = refs;
  }

  SessionCode.Seen seen() {
    return seen;
  }

  /** The refs that were written. */
  List<ObjectRef<?>> refs() {
    return found.isEmpty() ? List.of() : List.copyOf(found);
  }

  /** Writes any value. */
  void value(Object value) {
    if (!Scalars.write(value, out)) {
      object(value);
    }
  }

  private void object(Object value) {
    Integer before = slots.putIfAbsent(value, slots.size());
    if (before != null) {
      out.u1(Tag.AGAIN);
      out.count(before);
    } else if (value instanceof String text) {
      out.u1(Tag.STRING);
      out.text(text);
    } else {
      planned(value, plans.of(value));
    }
  }

  private void planned(Object value, Plan plan) {
    switch (plan) {
      case Plan.Primitives(PrimitiveArrays kind) -> {
        out.u1(Tag.PRIMITIVES);
        out.u1(kind.ordinal());
        out.array(kind, value);
      }
      case Plan.Objects() -> objects((Object[]) value);
      case Plan.Constant(Class<?> declaring) -> {
        out.u1(Tag.ENUM);
        type(declaring);
        out.text(((Enum<?>) value).name());
      }
      case Plan.Literal() -> {
        out.u1(Tag.CLASS);
        type((Class<?>) value);
      }
      case Plan.Ref() -> ref((ObjectRef<?>) value);
      case Plan.Lambda() -> {
        note(value.getClass());
        lambda(Lambdas.form(value));
      }
      case Plan.LambdaForm() -> lambdaForm((SerializedLambda) value);
      case Plan.Components(RecordShape shape) -> {
        out.u1(Tag.RECORD);
        type(value.getClass());
        fields(value, shape.fields());
      }
      case Plan.Fields(ObjectShape shape) -> {
        out.u1(Tag.FIELDS);
        type(value.getClass());
        fields(value, shape.fields());
      }
      case Plan.Elements elements -> collection(elements.kind(), elements.of(value));
      case Plan.Entries entries -> map(entries.kind(), entries.of(value));
      case Plan.Platform(PlatformKind kind) -> {
        out.u1(Tag.PLATFORM);
        out.u1(kind.ordinal());
        elements(kind.parts(value).toArray());
      }
      case Plan.JavaStream() -> javaStream(value);
      case Plan.Refused(String type, String remedy) -> throw new UnshippableException(type, remedy);
      case Plan.Depends _ -> throw new IllegalStateException("undecided: " + value.getClass());
    }
  }

  /** Writes a class: its number, and its name the first time. */
  void type(Class<?> type) {
    note(type);
    Integer before = classes.putIfAbsent(type, classes.size());
    if (before == null) {
      out.count(classes.size() - 1);
      out.text(type.getName());
    } else {
      out.count(before);
    }
  }

  /** Remembers a class if it is a session's. */
  void note(Class<?> type) {
    if (session.owns(type)) {
      seen.classes().add(type);
    }
  }

  private void objects(Object[] array) {
    out.u1(Tag.OBJECTS);
    type(array.getClass());
    elements(array);
  }

  private void ref(ObjectRef<?> ref) {
    RefAddress address = refs.lend(ref);
    found.add(ref);
    out.u1(Tag.REF);
    out.raw(address.id().toBytes());
    out.text(address.owner());
  }

  /** Whether the lambda is of a session class. */
  boolean ownsLambda(SerializedLambda form) {
    return session.owns(form.getCapturingClass());
  }

  private void lambdaForm(SerializedLambda form) {
    if (ownsLambda(form)) {
      lambda(form);
    } else {
      javaStream(form);
    }
  }

  private void lambda(SerializedLambda form) {
    if (ownsLambda(form)) {
      seen.lambdas().add(form);
    }
    out.u1(Tag.LAMBDA);
    Lambdas.write(out, form);
    out.count(form.getCapturedArgCount());
    for (int i = 0; i < form.getCapturedArgCount(); i++) {
      Object captured = form.getCapturedArg(i);
      try {
        value(captured);
      } catch (UnshippableException e) {
        throw e.within(
            "the lambda's captured variable"
                + CapturedNames.quoted(form, i, session)
                + (e.path().isEmpty() ? "" : ", " + UnshippableException.root(captured)));
      }
    }
  }

  private void fields(Object object, List<Field> fields) {
    for (Field field : fields) {
      try {
        field(object, field);
      } catch (UnshippableException e) {
        throw e.within("." + field.getName());
      } catch (IllegalAccessException e) {
        throw Refusals.closed(object.getClass(), e);
      }
    }
  }

  private void field(Object object, Field field) throws IllegalAccessException {
    Class<?> type = field.getType();
    if (!type.isPrimitive()) {
      value(field.get(object));
    } else if (type == int.class) {
      out.zigzag(field.getInt(object));
    } else if (type == long.class) {
      out.zigzag(field.getLong(object));
    } else if (type == double.class) {
      out.u8(Double.doubleToRawLongBits(field.getDouble(object)));
    } else if (type == boolean.class) {
      out.u1(field.getBoolean(object) ? 1 : 0);
    } else if (type == byte.class) {
      out.u1(field.getByte(object));
    } else if (type == char.class) {
      out.u2(field.getChar(object));
    } else if (type == short.class) {
      out.u2(field.getShort(object));
    } else {
      out.u4(Float.floatToRawIntBits(field.getFloat(object)));
    }
  }

  private void collection(CollectionKind kind, Collection<?> collection) {
    out.u1(Tag.COLLECTION);
    out.u1(kind.ordinal());
    if (kind.sorted()) {
      comparator(CollectionKind.comparator(collection));
    }
    // A copy, since another thread may add to it between the count and the elements.
    elements(collection.toArray());
  }

  private void elements(Object[] elements) {
    out.count(elements.length);
    for (int i = 0; i < elements.length; i++) {
      try {
        value(elements[i]);
      } catch (UnshippableException e) {
        throw e.within("[" + i + "]");
      }
    }
  }

  private void map(MapKind kind, Map<?, ?> map) {
    out.u1(Tag.MAP);
    out.u1(kind.ordinal());
    if (kind.sorted()) {
      comparator(MapKind.comparator(map));
    }
    List<Object> entries = new ArrayList<>(2 * map.size());
    map.forEach((key, value) -> {
      entries.add(key);
      entries.add(value);
    });
    out.count(entries.size() / 2);
    for (int i = 0; i < entries.size(); i += 2) {
      try {
        value(entries.get(i));
        value(entries.get(i + 1));
      } catch (UnshippableException e) {
        throw e.within("[" + key(entries.get(i)) + "]");
      }
    }
  }

  private void comparator(Comparator<?> comparator) {
    try {
      value(comparator);
    } catch (UnshippableException e) {
      throw e.within(".comparator()");
    }
  }

  private static String key(Object key) {
    return switch (key) {
      case String text -> '"' + text + '"';
      case Number number -> number.toString();
      case Enum<?> constant -> constant.name();
      case null -> "null";
      default -> key.getClass().getSimpleName();
    };
  }

  private void javaStream(Object value) {
    JavaStreams.Written written = JavaStreams.write(value, plans, this);
    out.u1(Tag.JAVA_STREAM);
    out.count(written.children().size());
    for (Object child : written.children()) {
      value(child);
    }
    out.block(written.bytes());
  }
}
