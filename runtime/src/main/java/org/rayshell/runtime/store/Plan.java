package org.rayshell.runtime.store;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** How the objects of a class are written. Immutable. */
sealed interface Plan {
  /** An array of primitives. */
  record Primitives(PrimitiveArrays kind) implements Plan {}

  /** An array of objects or of arrays. */
  record Objects() implements Plan {}

  /** A constant of an enum, by name. */
  record Constant(Class<?> declaring) implements Plan {}

  /** A class literal. */
  record Literal() implements Plan {}

  /** A ref, lent to whoever decodes it. */
  record Ref() implements Plan {}

  /** A lambda of a session's class. */
  record Lambda() implements Plan {}

  /** The form that the JDK gives a lambda when it is written. */
  record LambdaForm() implements Plan {}

  /** A record, by its components. */
  record Components(RecordShape shape) implements Plan {}

  /** A plain object, by its fields. */
  record Fields(ObjectShape shape) implements Plan {}

  /** One of the usual collections. */
  record Elements(CollectionKind kind) implements Plan {
    Collection<?> of(Object value) {
      return (Collection<?>) value;
    }
  }

  /** One of the usual maps. */
  record Entries(MapKind kind) implements Plan {
    Map<?, ?> of(Object value) {
      return (Map<?, ?>) value;
    }
  }

  /** A class of the JDK that needs a way of its own. */
  record Platform(PlatformKind kind) implements Plan {}

  /** By the JDK's own serialization. */
  record JavaStream() implements Plan {}

  /** Not at all. */
  record Refused(String type, String remedy) implements Plan {}

  /** Decided by the object and not by its class. */
  record Depends(Function<Object, Plan> choice) implements Plan {}
}
