package org.rayshell.runtime.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects by the JDK's own serialization, which alone knows how the JDK's classes, and users'
 * classes with {@code writeObject} and the like, are to be written. What it would refuse or do
 * worse is taken out of the stream: such a child is written into the graph around it, and the
 * stream holds its number.
 */
final class JavaStreams {
  private JavaStreams() {}

  /**
   * An object as the JDK writes it.
   *
   * @param children what was taken out, by number
   * @param bytes the stream
   */
  record Written(List<Object> children, byte[] bytes) {}

  /** Stands for a child. */
  private record Child(int number) implements Serializable {}

  static Written write(Object root, Plans plans, GraphWriter graph) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Out out = new Out(bytes, plans, graph)) {
      out.writeObject(root);
      out.flush();
      return new Written(out.children, bytes.toByteArray());
    } catch (NotSerializableException e) {
      throw new UnshippableException(e.getMessage(), "it is not serializable");
    } catch (InvalidClassException e) {
      throw new UnshippableException(root.getClass().getTypeName(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (e instanceof UnshippableException refused) {
        throw refused;
      }
      throw refused(root, e);
    }
  }

  private static UnshippableException refused(Object root, Exception e) {
    UnshippableException refused =
        new UnshippableException(
            root.getClass().getTypeName(), "its own serialization fails with " + e);
    refused.initCause(e);
    return refused;
  }

  static Object read(byte[] stream, List<Object> children, ClassLoader loader) {
    try (In in = new In(stream, children, loader)) {
      return in.readObject();
    } catch (DamagedValueException e) {
      throw e;
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      throw new DamagedValueException(e.toString(), e);
    }
  }

  private static final class Out extends ObjectOutputStream {
    private final Plans plans;
    private final GraphWriter graph;
    private final List<Object> children = new ArrayList<>();
    private final Map<Object, Child> known = new IdentityHashMap<>();
    private final Map<Object, Object> nullPointers = new IdentityHashMap<>();
    private boolean started;

    Out(OutputStream bytes, Plans plans, GraphWriter graph) throws IOException {
      super(bytes);
      this.plans = plans;
      this.graph = graph;
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      // The first is the root itself, or what its writeReplace made of it.
      if (!started) {
        started = true;
        return telling(object);
      }
      return object instanceof Child || isLeftIn(object)
          ? telling(object)
          : known.computeIfAbsent(
              object,
              child -> {
                children.add(child);
                return new Child(children.size() - 1);
              });
    }

    /** The JVM works out the message of a null pointer only where it was thrown. */
    private Object telling(Object object) {
      if (object.getClass() != NullPointerException.class) {
        return object;
      }
      return nullPointers.computeIfAbsent(
          object,
          _ -> {
            NullPointerException thrown = (NullPointerException) object;
            NullPointerException copy = new NullPointerException(thrown.getMessage());
            copy.setStackTrace(thrown.getStackTrace());
            copy.initCause(thrown.getCause());
            for (Throwable suppressed : thrown.getSuppressed()) {
              copy.addSuppressed(suppressed);
            }
            return copy;
          });
    }

    private boolean isLeftIn(Object object) {
      if (object instanceof String
          || object instanceof Number && Plans.isPlatform(object.getClass())
          || object instanceof Boolean
          || object instanceof Character
          || object instanceof StackTraceElement[]) {
        return true;
      }
      if (object instanceof SerializedLambda form) {
        return !graph.ownsLambda(form);
      }
      return switch (plans.of(object)) {
        case Plan.JavaStream _, Plan.Primitives _, Plan.Constant _ -> true;
        default -> false;
      };
    }

    @Override
    protected void annotateClass(Class<?> type) {
      graph.note(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      for (Class<?> face : type.getInterfaces()) {
        graph.note(face);
      }
    }
  }

  private static final class In extends ObjectInputStream {
    private final List<Object> children;
    private final ClassLoader loader;

    In(byte[] stream, List<Object> children, ClassLoader loader) throws IOException {
      super(new ByteArrayInputStream(stream));
      this.children = children;
      this.loader = loader;
      enableResolveObject(true);
      setObjectInputFilter(info ->
          info.arrayLength() > stream.length
              ? ObjectInputFilter.Status.REJECTED
              : ObjectInputFilter.Status.UNDECIDED);
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
      if (!(object instanceof Child(int number))) {
        return object;
      }
      if (number < 0 || number >= children.size()) {
        throw new InvalidClassException("no such child: number=" + number);
      }
      Object child = children.get(number);
      if (child == GraphReader.UNSET) {
        throw new DamagedValueException(
            "a cycle runs through an object that the JDK serializes as a whole");
      }
      return child;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException _) {
        // Primitives, and our own Child where the loader cannot see it.
        return type.getName().equals(Child.class.getName())
            ? Child.class
            : super.resolveClass(type);
      }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
      Class<?>[] faces = new Class<?>[names.length];
      for (int i = 0; i < names.length; i++) {
        faces[i] = Class.forName(names[i], false, loader);
      }
      InvocationHandler none = (_, _, _) -> null;
      return Proxy.newProxyInstance(loader, faces, none).getClass();
    }
  }
}
