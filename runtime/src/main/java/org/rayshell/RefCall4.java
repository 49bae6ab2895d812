package org.rayshell;

/**
 * A computation of four arguments that are given as refs. It extends {@link Call4} only so that the
 * compiler prefers the overload of {@link Ray#task} that takes it.
 */
@FunctionalInterface
public interface RefCall4<A, B, C, D, R>
    extends Call4<ObjectRef<A>, ObjectRef<B>, ObjectRef<C>, ObjectRef<D>, R> {
  /** Computes the value. */
  R callRRRR(A a, B b, C c, D d) throws Exception;

  @Override
  default R call(ObjectRef<A> a, ObjectRef<B> b, ObjectRef<C> c, ObjectRef<D> d) throws Exception {
    return callRRRR(a.get(), b.get(), c.get(), d.get());
  }
}
