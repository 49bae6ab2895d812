package org.rayshell.runtime.cluster;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rayshell.RuntimeEnv;
import org.rayshell.runtime.ObjectId;
import org.rayshell.runtime.RefAddress;
import org.rayshell.runtime.store.EncodedValue;
import org.rayshell.runtime.wire.Message;
import org.rayshell.runtime.wire.Outcome;
import org.rayshell.runtime.wire.TaskUpdate;

/** What a gateway asks of the cluster that it is attached to. Thread-safe. */
public interface Cluster {
  /**
   * A result in the cluster's store, or of a task that is under way there. The cluster keeps it for
   * as long as this is reachable, here or in another value.
   */
  interface Held {}

  /** A ref in a value: the object as the session names it, and where it is. */
  record Contained(RefAddress address, Held held) {}

  /** An encoded value with all that is needed to read its refs elsewhere. */
  record Part(byte[] bytes, List<Contained> refs) {}

  /** An argument of a task. */
  sealed interface Argument {
    /** A value that goes with the call. */
    record Value(Part part) implements Argument {}

    /** A result in the cluster's store. */
    record At(Held held) implements Argument {}
  }

  /**
   * A task.
   *
   * @param push as its owner has sent it, for all but its arguments
   * @param target what is called
   * @param args in order
   * @param shape what it asks for, by name; memory in bytes
   * @param env what its worker is started with
   */
  record Call(
      Message.PushTask push,
      Part target,
      List<Argument> args,
      Map<String, Double> shape,
      RuntimeEnv env) {}

  /**
   * What became of an object.
   *
   * @param kind a value, or which failure
   * @param values one value; of a task with several results as many; of a failure the user's
   *     exception, if there is one
   * @param message what the exception says; null for a value
   */
  record Result(Outcome.Kind kind, List<Part> values, String message) {}

  /**
   * A task has ended.
   *
   * @param held the result in the cluster's store; null if the task never was there
   * @param result null if it stays there: there is one value, and it is large
   * @param bytes of the value or the exception
   * @param error first line of the exception; null if it returned
   * @param started epoch nanoseconds; 0 if it did not begin
   * @param retry whether the exception is one after which it is to be run again
   */
  record Done(
      ObjectId task,
      int attempt,
      Held held,
      Result result,
      long bytes,
      String error,
      long started,
      long ended,
      long cpuNs,
      boolean retry) {}

  /** What comes of the cluster; called on threads of its own. */
  interface Listener {
    /** A task begins. */
    void started(ObjectId task, int attempt, long pid, String node, long started);

    /** Tasks of a process have printed. */
    void printed(long pid, String node, List<Message.TaskOutput.Line> lines);

    /** A task has ended; what it printed came before. */
    void done(Done done);

    /** A task has changed that another task has submitted. */
    void changed(TaskUpdate task);

    /** A value names code that a task has made. */
    void exported(String hash, byte[] bytes);

    /**
     * Code that tasks or values name.
     *
     * @return null if nobody has it
     */
    byte[] export(String hash);

    /** What the cluster has. */
    void state(Message.ClusterState state);

    /** The cluster is gone. */
    void lost(String why);
  }

  /** Ray's version and the like, told to the driver. */
  Message.ClusterAttached about();

  /**
   * Hands a task to the cluster. Does not block, unless a ref in a value is of what has not been
   * {@linkplain #place placed}.
   *
   * @param under is told what the result will be, before the task can end
   */
  void submit(Call call, Consumer<Held> under);

  /**
   * Has the cluster know what a task will return, so that a ref of it can be in a value before the
   * task has ended.
   *
   * @param then called when it does, on any thread
   */
  void place(Held held, Runnable then);

  /**
   * Puts a value into the cluster's store; blocks until it is there.
   *
   * @throws RuntimeException if there is no room; the message says so
   */
  Held put(EncodedValue value, List<Contained> refs);

  /** What became of it; blocks until that is known. */
  Result get(Held held);

  /** Has a task interrupted, or its process ended, again and again until it ends. */
  void cancel(ObjectId task, int attempt, boolean force);
}
