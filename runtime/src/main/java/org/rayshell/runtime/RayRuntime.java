package org.rayshell.runtime;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.rayshell.NodeInfo;
import org.rayshell.ObjectRef;
import org.rayshell.WaitResult;
import org.rayshell.runtime.code.FunctionShipper;

/**
 * What {@link org.rayshell.Ray} calls: the runtime of this process, a driver's or a worker's.
 * Thread-safe.
 */
public interface RayRuntime extends RemoteInvoker {
  /** Makes calls ready to travel. */
  FunctionShipper shipper();

  /** Stores a value that this process owns. */
  <T> ObjectRef<T> put(T value);

  /**
   * The values in order, a worker's or the owner's exception for the first that failed.
   *
   * @param timeout null for without end
   */
  <T> List<T> get(List<ObjectRef<T>> refs, Duration timeout);

  /** The value's bytes where they are; see {@link org.rayshell.Ray#view}. */
  MemorySegment view(ObjectRef<?> ref, Duration timeout);

  /** Which of the refs are ready; see {@link org.rayshell.Ray#wait}. */
  <T> WaitResult<T> waitFor(
      List<ObjectRef<T>> refs, int numReturns, Duration timeout, boolean fetchLocal);

  /** Cancels a task; see {@link org.rayshell.Ray#cancel}. */
  void cancel(ObjectRef<?> ref, boolean force, boolean recursive);

  /** A future of the value. */
  <T> CompletableFuture<T> toFuture(ObjectRef<T> ref);

  /** Lets the values of refs go; see {@link org.rayshell.Ray#free}. */
  void free(List<? extends ObjectRef<?>> refs);

  /** All resources by name, memory in bytes, in the order they are shown. */
  Map<String, Double> clusterResources();

  /** Free resources by name, memory in bytes, in the order they are shown. */
  Map<String, Double> availableResources();

  /** The machines. */
  List<NodeInfo> nodes();

  /** The dashboard's address; null if it is off. */
  String dashboardUrl();
}
