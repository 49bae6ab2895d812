package org.rayshell;

/**
 * A computation of one argument that is given as a ref. It extends {@link Call1} only so that the
 * compiler prefers the overload of {@link Ray#task} that takes it.
 */
@FunctionalInterface
public interface RefCall1<A, R> extends Call1<ObjectRef<A>, R> {
  /** Computes the value. */
  R callR(A a) throws Exception;

  @Override
  default R call(ObjectRef<A> a) throws Exception {
    return callR(a.get());
  }
}
