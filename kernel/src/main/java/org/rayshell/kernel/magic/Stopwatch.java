package org.rayshell.kernel.magic;

import org.rayshell.kernel.eval.InvokeListener;

/** Adds up wall and CPU time of a cell's invocations, compiling left out. For one thread. */
final class Stopwatch implements InvokeListener {
  private final long created = System.nanoTime();
  private ProcessTimes cpuBefore;
  private long wallBefore;
  private ProcessTimes cpu = new ProcessTimes(0, 0);
  private long wall;

  @Override
  public void before() {
    cpuBefore = ProcessTimes.now();
    wallBefore = System.nanoTime();
  }

  @Override
  public void after() {
    wall += System.nanoTime() - wallBefore;
    cpu = cpu.plus(ProcessTimes.now().minus(cpuBefore));
  }

  ProcessTimes cpu() {
    return cpu;
  }

  /** Nanoseconds of the invocations. */
  long wall() {
    return wall;
  }

  /** Nanoseconds since this was made that were no invocation: compiling. */
  long rest() {
    return System.nanoTime() - created - wall;
  }
}
