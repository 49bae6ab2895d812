package org.rayshell;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method as a remote function. In a notebook cell {@code f.remote(…)} then runs {@code f}
 * on a worker process; on a method of an ordinary class it sets the defaults of {@code
 * Ray.task(MyClass::f)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Remote {
  /** CPUs that a task of this function holds while it runs. */
  double numCpus() default 1;

  /**
   * How often a task is run again after its worker died, or it threw what {@link #retryExceptions}
   * names; 0 for never, -1 for without end.
   */
  int maxRetries() default 3;

  /** Exceptions after which a task is run again, with their subclasses; none by default. */
  Class<? extends Throwable>[] retryExceptions() default {};

  /** How long a try of a task may run, in milliseconds; 0 for without end. */
  long timeoutMs() default 0;

  /** How many refs {@code remoteMany} gives. */
  int numReturns() default 1;

  /** Custom resources, each as {@code "name=amount"}. */
  String[] resources() default {};

  /**
   * Bytes of the machine's memory that a task of this function holds while it runs; see {@link
   * TaskOptions#memory}.
   */
  long memory() default 0;

  /** Environment variables of the workers that run it, each as {@code "NAME=value"}. */
  String[] env() default {};

  /** Options of the JVMs that run it, such as {@code "-Xmx512m"}. */
  String[] jvmOptions() default {};

  /** The name shown for its tasks; empty for the method's own. */
  String name() default "";
}
