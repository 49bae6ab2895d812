package org.rayshell.runtime.store;

import java.io.Externalizable;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Set;
import org.rayshell.ObjectRef;

/** Finds the {@link Plan} of a class, once a class. Thread-safe. */
final class Plans {
  private static final Set<String> STREAM_HOOKS =
      Set.of("writeObject", "readObject", "readObjectNoData", "writeReplace", "readResolve");

  private final ClassValue<Plan> plans =
      new ClassValue<>() {
        @Override
        protected Plan computeValue(Class<?> type) {
          return find(type);
        }
      };

  private volatile SessionCode session;

  Plans(SessionCode session) {
    this.session = session;
  }

  /** Only before the first class of a session is met. */
  void session(SessionCode code) {
    session = code;
  }

  Plan of(Object value) {
    Plan plan = plans.get(value.getClass());
    return plan instanceof Plan.Depends depends ? depends.choice().apply(value) : plan;
  }

  /** The shape of a record that is read. */
  RecordShape record(Class<?> type) {
    if (plans.get(type) instanceof Plan.Components(RecordShape shape)) {
      return shape;
    }
    throw new DamagedValueException("not a record of components: " + type.getName());
  }

  /** The shape of a plain object that is read. */
  ObjectShape plain(Class<?> type) {
    if (plans.get(type) instanceof Plan.Fields(ObjectShape shape)) {
      return shape;
    }
    throw new DamagedValueException("not an object of plain fields: " + type.getName());
  }

  private Plan find(Class<?> type) {
    if (type == StackTraceElement[].class) {
      return new Plan.JavaStream();
    }
    if (type.isArray()) {
      PrimitiveArrays kind = PrimitiveArrays.of(type);
      return kind == null ? new Plan.Objects() : new Plan.Primitives(kind);
    }
    if (type == ObjectRef.class) {
      return new Plan.Ref();
    }
    Plan.Refused refused = Refusals.of(type);
    if (refused != null) {
      return refused;
    }
    if (Enum.class.isAssignableFrom(type)) {
      return new Plan.Constant(type.isEnum() ? type : type.getSuperclass());
    }
    return isPlatform(type) ? platform(type) : ofUser(type);
  }

  /** Whether the class is part of the JDK. */
  static boolean isPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static Plan platform(Class<?> type) {
    if (type == Class.class) {
      return new Plan.Literal();
    }
    if (type == SerializedLambda.class) {
      return new Plan.LambdaForm();
    }
    if (type == LinkedHashMap.class) {
      return new Plan.Depends(
          map -> MapKind.keepsAccessOrder(map) ? new Plan.JavaStream() : entries(MapKind.LINKED));
    }
    CollectionKind collection = CollectionKind.of(type);
    if (collection != null) {
      return new Plan.Elements(collection);
    }
    MapKind map = MapKind.of(type);
    if (map != null) {
      return entries(map);
    }
    if (Serializable.class.isAssignableFrom(type)) {
      return new Plan.JavaStream();
    }
    PlatformKind kind = PlatformKind.of(type);
    if (kind != null) {
      return new Plan.Platform(kind);
    }
    return Lambdas.isLambda(type) ? Refusals.platformLambda(type) : Refusals.unknown(type);
  }

  private static Plan entries(MapKind kind) {
    return new Plan.Entries(kind);
  }

  private Plan ofUser(Class<?> type) {
    if (Lambdas.isLambda(type)) {
      return Serializable.class.isAssignableFrom(type) ? new Plan.Lambda() : Refusals.lambda(type);
    }
    if (type.isHidden()) {
      return Refusals.unknown(type);
    }
    Class<?> base = type;
    while (!isPlatform(base)) {
      base = base.getSuperclass();
    }
    if (Proxy.isProxyClass(type)
        || Serializable.class.isAssignableFrom(base)
        || Externalizable.class.isAssignableFrom(type)
        || Serializable.class.isAssignableFrom(type) && hasStreamHook(type, base)) {
      return new Plan.JavaStream();
    }
    if (type.isRecord()) {
      return new Plan.Components(RecordShape.of(type));
    }
    return new Plan.Fields(ObjectShape.of(type, base));
  }

  private static boolean hasStreamHook(Class<?> type, Class<?> base) {
    for (Class<?> level = type; level != base; level = level.getSuperclass()) {
      for (Method method : level.getDeclaredMethods()) {
        if (STREAM_HOOKS.contains(method.getName())) {
          return true;
        }
      }
      for (var field : level.getDeclaredFields()) {
        if (field.getType() == ObjectStreamField[].class
            && field.getName().equals("serialPersistentFields")) {
          return true;
        }
      }
    }
    return false;
  }
}
