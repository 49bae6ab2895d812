package org.rayshell;

/**
 * Computations of two arguments of which some are given as refs: V marks a value, R a ref. They
 * extend one another only so that the compiler prefers the overload of {@link Ray#task} that knows
 * most refs.
 */
public final class RefCall2 {
  private RefCall2() {}

  /** Takes the value of a ref as its first argument. */
  @FunctionalInterface
  public interface RV<A, B, R> extends Call2<ObjectRef<A>, B, R> {
    /** Computes the value. */
    R callRV(A a, B b) throws Exception;

    @Override
    default R call(ObjectRef<A> a, B b) throws Exception {
      return callRV(a.get(), b);
    }
  }

  /** Takes the value of a ref as its second argument. */
  @FunctionalInterface
  public interface VR<A, B, R> extends Call2<A, ObjectRef<B>, R> {
    /** Computes the value. */
    R callVR(A a, B b) throws Exception;

    @Override
    default R call(A a, ObjectRef<B> b) throws Exception {
      return callVR(a, b.get());
    }
  }

  /** Takes the value of a ref as its first and second arguments. */
  @FunctionalInterface
  public interface RR<A, B, R> extends VR<ObjectRef<A>, B, R>, RV<A, ObjectRef<B>, R> {
    /** Computes the value. */
    R callRR(A a, B b) throws Exception;

    @Override
    default R call(ObjectRef<A> a, ObjectRef<B> b) throws Exception {
      return callRR(a.get(), b.get());
    }

    @Override
    default R callVR(ObjectRef<A> a, B b) throws Exception {
      return callRR(a.get(), b);
    }

    @Override
    default R callRV(A a, ObjectRef<B> b) throws Exception {
      return callRR(a, b.get());
    }
  }
}
