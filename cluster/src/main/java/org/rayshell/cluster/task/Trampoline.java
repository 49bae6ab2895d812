package org.rayshell.cluster.task;

import io.ray.api.call.TaskCaller;
import io.ray.api.function.RayFunc1;
import io.ray.api.function.RayFunc2;
import io.ray.api.function.RayFunc3;
import io.ray.api.function.RayFunc4;
import io.ray.api.function.RayFunc5;
import io.ray.api.function.RayFunc6;
import io.ray.api.function.RayFuncR;
import java.util.List;
import org.rayshell.cluster.link.LinkAddress;
import org.rayshell.cluster.link.Wire;
import org.rayshell.runtime.ObjectId;

/**
 * The functions that Ray calls for a session's tasks: bytes in, bytes out. For a task of its own
 * Ray waits for the arguments that are in its store, and brings them along; it takes a fixed number
 * of arguments, so there is a form for each.
 */
public final class Trampoline {
  /** So many arguments may be in Ray's store; a call of more is to take the rest as values. */
  public static final int MOST = 5;

  private Trampoline() {}

  /**
   * Ready to be handed to Ray.
   *
   * @param call from {@link TaskCall#wrap}
   * @param stored arguments in Ray's store, {@link #MOST} at most
   */
  public static TaskCaller<Object> task(Object call, List<io.ray.api.ObjectRef<?>> stored) {
    Object[] args = new Object[1 + stored.size()];
    args[0] = call;
    for (int i = 0; i < stored.size(); i++) {
      args[i + 1] = stored.get(i);
    }
    return new TaskCaller<>(function(stored.size()), args);
  }

  private static RayFuncR<Object> function(int stored) {
    return switch (stored) {
      case 0 -> (RayFunc1<Object, Object>) Trampoline::run;
      case 1 -> (RayFunc2<Object, Object, Object>) Trampoline::run;
      case 2 -> (RayFunc3<Object, Object, Object, Object>) Trampoline::run;
      case 3 -> (RayFunc4<Object, Object, Object, Object, Object>) Trampoline::run;
      case 4 -> (RayFunc5<Object, Object, Object, Object, Object, Object>) Trampoline::run;
      case MOST ->
          (RayFunc6<Object, Object, Object, Object, Object, Object, Object>) Trampoline::run;
      default -> throw new IllegalArgumentException("at most " + MOST + ": stored=" + stored);
    };
  }

  /**
   * A slot, ready to be handed to Ray: it runs the calls that the gateway sends it.
   *
   * @param slot its id
   */
  public static TaskCaller<Object> slot(LinkAddress gateway, ObjectId slot) {
    byte[] bytes =
        Wire.bytes(out -> {
          gateway.write(out);
          Wire.id(out, slot);
        });
    return new TaskCaller<>((RayFunc1<Object, Object>) Trampoline::runSlot, new Object[] {bytes});
  }

  /** A slot. */
  public static Object runSlot(Object slot) {
    return Wire.read((byte[]) slot, in -> TaskHost.runSlot(LinkAddress.read(in), Wire.id(in)));
  }

  /** A call with all its arguments. */
  public static Object run(Object call) {
    return TaskHost.run(call);
  }

  /** A call with an argument that was in Ray's store. */
  public static Object run(Object call, Object a) {
    return TaskHost.run(call, a);
  }

  /** A call with two such arguments. */
  public static Object run(Object call, Object a, Object b) {
    return TaskHost.run(call, a, b);
  }

  /** A call with three such arguments. */
  public static Object run(Object call, Object a, Object b, Object c) {
    return TaskHost.run(call, a, b, c);
  }

  /** A call with four such arguments. */
  public static Object run(Object call, Object a, Object b, Object c, Object d) {
    return TaskHost.run(call, a, b, c, d);
  }

  /** A call with five such arguments. */
  public static Object run(Object call, Object a, Object b, Object c, Object d, Object e) {
    return TaskHost.run(call, a, b, c, d, e);
  }
}
