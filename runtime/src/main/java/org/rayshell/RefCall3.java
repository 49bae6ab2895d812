package org.rayshell;

/**
 * Computations of three arguments of which some are given as refs: V marks a value, R a ref. They
 * extend one another only so that the compiler prefers the overload of {@link Ray#task} that knows
 * most refs.
 */
public final class RefCall3 {
  private RefCall3() {}

  /** Takes the value of a ref as its first argument. */
  @FunctionalInterface
  public interface RVV<A, B, C, R> extends Call3<ObjectRef<A>, B, C, R> {
    /** Computes the value. */
    R callRVV(A a, B b, C c) throws Exception;

    @Override
    default R call(ObjectRef<A> a, B b, C c) throws Exception {
      return callRVV(a.get(), b, c);
    }
  }

  /** Takes the value of a ref as its second argument. */
  @FunctionalInterface
  public interface VRV<A, B, C, R> extends Call3<A, ObjectRef<B>, C, R> {
    /** Computes the value. */
    R callVRV(A a, B b, C c) throws Exception;

    @Override
    default R call(A a, ObjectRef<B> b, C c) throws Exception {
      return callVRV(a, b.get(), c);
    }
  }

  /** Takes the value of a ref as its third argument. */
  @FunctionalInterface
  public interface VVR<A, B, C, R> extends Call3<A, B, ObjectRef<C>, R> {
    /** Computes the value. */
    R callVVR(A a, B b, C c) throws Exception;

    @Override
    default R call(A a, B b, ObjectRef<C> c) throws Exception {
      return callVVR(a, b, c.get());
    }
  }

  /** Takes the value of a ref as its first and second arguments. */
  @FunctionalInterface
  public interface RRV<A, B, C, R> extends VRV<ObjectRef<A>, B, C, R>, RVV<A, ObjectRef<B>, C, R> {
    /** Computes the value. */
    R callRRV(A a, B b, C c) throws Exception;

    @Override
    default R call(ObjectRef<A> a, ObjectRef<B> b, C c) throws Exception {
      return callRRV(a.get(), b.get(), c);
    }

    @Override
    default R callVRV(ObjectRef<A> a, B b, C c) throws Exception {
      return callRRV(a.get(), b, c);
    }

    @Override
    default R callRVV(A a, ObjectRef<B> b, C c) throws Exception {
      return callRRV(a, b.get(), c);
    }
  }

  /** Takes the value of a ref as its first and third arguments. */
  @FunctionalInterface
  public interface RVR<A, B, C, R> extends VVR<ObjectRef<A>, B, C, R>, RVV<A, B, ObjectRef<C>, R> {
    /** Computes the value. */
    R callRVR(A a, B b, C c) throws Exception;

    @Override
    default R call(ObjectRef<A> a, B b, ObjectRef<C> c) throws Exception {
      return callRVR(a.get(), b, c.get());
    }

    @Override
    default R callVVR(ObjectRef<A> a, B b, C c) throws Exception {
      return callRVR(a.get(), b, c);
    }

    @Override
    default R callRVV(A a, B b, ObjectRef<C> c) throws Exception {
      return callRVR(a, b, c.get());
    }
  }

  /** Takes the value of a ref as its second and third arguments. */
  @FunctionalInterface
  public interface VRR<A, B, C, R> extends VVR<A, ObjectRef<B>, C, R>, VRV<A, B, ObjectRef<C>, R> {
    /** Computes the value. */
    R callVRR(A a, B b, C c) throws Exception;

    @Override
    default R call(A a, ObjectRef<B> b, ObjectRef<C> c) throws Exception {
      return callVRR(a, b.get(), c.get());
    }

    @Override
    default R callVVR(A a, ObjectRef<B> b, C c) throws Exception {
      return callVRR(a, b.get(), c);
    }

    @Override
    default R callVRV(A a, B b, ObjectRef<C> c) throws Exception {
      return callVRR(a, b, c.get());
    }
  }

  /** Takes the value of a ref as its first, second and third arguments. */
  @FunctionalInterface
  public interface RRR<A, B, C, R>
      extends VRR<ObjectRef<A>, B, C, R>, RVR<A, ObjectRef<B>, C, R>, RRV<A, B, ObjectRef<C>, R> {
    /** Computes the value. */
    R callRRR(A a, B b, C c) throws Exception;

    @Override
    default R call(ObjectRef<A> a, ObjectRef<B> b, ObjectRef<C> c) throws Exception {
      return callRRR(a.get(), b.get(), c.get());
    }

    @Override
    default R callVVR(ObjectRef<A> a, ObjectRef<B> b, C c) throws Exception {
      return callRRR(a.get(), b.get(), c);
    }

    @Override
    default R callVRV(ObjectRef<A> a, B b, ObjectRef<C> c) throws Exception {
      return callRRR(a.get(), b, c.get());
    }

    @Override
    default R callVRR(ObjectRef<A> a, B b, C c) throws Exception {
      return callRRR(a.get(), b, c);
    }

    @Override
    default R callRVV(A a, ObjectRef<B> b, ObjectRef<C> c) throws Exception {
      return callRRR(a, b.get(), c.get());
    }

    @Override
    default R callRVR(A a, ObjectRef<B> b, C c) throws Exception {
      return callRRR(a, b.get(), c);
    }

    @Override
    default R callRRV(A a, B b, ObjectRef<C> c) throws Exception {
      return callRRR(a, b, c.get());
    }
  }
}
