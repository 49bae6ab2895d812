package org.rayshell.runtime.scheduler;

import java.util.Map;
import org.rayshell.RuntimeEnv;

/**
 * An owner waits for a worker; immutable. Deeper tasks come first, since others wait for them; then
 * who asked first.
 *
 * @param number the raylet's, in order of arrival
 * @param owner the process that asks
 * @param id the owner's number of the request
 * @param shape what its tasks hold
 * @param asked the same as the owner said it
 * @param depth how many tasks are above them
 * @param env what the worker was started with
 */
record LeaseRequest(
    long number,
    String owner,
    long id,
    Map<String, Long> shape,
    Map<String, Double> asked,
    int depth,
    RuntimeEnv env)
    implements Comparable<LeaseRequest> {
  long cpus() {
    return shape.getOrDefault(ResourcePool.CPU, 0L);
  }

  @Override
  public int compareTo(LeaseRequest other) {
    int deeper = Integer.compare(other.depth, depth);
    return deeper != 0 ? deeper : Long.compare(number, other.number);
  }
}
