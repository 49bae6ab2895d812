package org.rayshell.kernel.magic;

/** What {@code %timeit} makes of the code it is given. */
@FunctionalInterface
public interface TimedLoop {
  /** Runs it so many times; the nanoseconds that took. */
  long run(long loops) throws Throwable;
}
