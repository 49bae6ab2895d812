package org.rayshell.runtime.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import java.util.Set;
import org.rayshell.ObjectRef;

/**
 * What the codec has to know of code that no worker has on its class path: the classes of notebook
 * cells. The package that ships functions implements it. Thread-safe.
 */
public interface SessionCode {
  /** There are no such classes. */
  SessionCode NONE =
      new SessionCode() {
        @Override
        public boolean owns(Class<?> type) {
          return false;
        }

        @Override
        public boolean owns(String internalName) {
          return false;
        }

        @Override
        public MethodHandles.Lookup lookupIn(Class<?> type) throws ReflectiveOperationException {
          throw new IllegalAccessException("not a class of a session: " + type);
        }

        @Override
        public Carried carrying(Seen seen) {
          return new Carried(List.of(), List.of());
        }

        @Override
        public void ready(ClassLoader loader, List<String> hashes) {}
      };

  /** Whether the class is made by a session, or of arrays of such a class. */
  boolean owns(Class<?> type);

  /** Whether a class of that internal name is made by a session. */
  boolean owns(String internalName);

  /** A lookup with full rights in a class of a session. */
  MethodHandles.Lookup lookupIn(Class<?> type) throws ReflectiveOperationException;

  /** The exports whose code a value needs that holds these. */
  Carried carrying(Seen seen);

  /**
   * Makes the code of exports known to a loader before a value is decoded with it.
   *
   * @throws org.rayshell.RayException if an export is not to be had
   */
  void ready(ClassLoader loader, List<String> hashes);

  /** The class file of a session's class; null if it is not to be had. */
  default byte[] classFile(String internalName) {
    return null;
  }

  /**
   * The code that a value needs.
   *
   * @param exports the hashes of the exports that have it
   * @param refs the refs in the variables that those captured
   */
  record Carried(List<String> exports, List<ObjectRef<?>> refs) {}

  /**
   * What of a session was met while a value was encoded.
   *
   * @param classes classes of objects
   * @param lambdas lambdas and method references
   */
  record Seen(Set<Class<?>> classes, List<SerializedLambda> lambdas) {
    /** Whether the value is free of session code. */
    public boolean isEmpty() {
      return classes.isEmpty() && lambdas.isEmpty();
    }
  }
}
