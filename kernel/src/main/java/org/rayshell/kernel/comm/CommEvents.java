package org.rayshell.kernel.comm;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.messages.Message;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Calls the method of comms that only basekernel's own package may call. */
final class CommEvents {
  private static final MethodHandle ON_CLOSE = find();

  private CommEvents() {}

  private static MethodHandle find() {
    try {
      return MethodHandles.privateLookupIn(Comm.class, MethodHandles.lookup())
          .findVirtual(
              Comm.class,
              "onClose",
              MethodType.methodType(void.class, Message.class, boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The kernel's side has closed the comm by that message. */
  static void closed(Comm comm, Message<?> message) {
    try {
      ON_CLOSE.invoke(comm, (Message<?>) message, true);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value of the metadata as JSON. */
  static JsonElement element(Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement element -> element;
      case Number number -> new JsonPrimitive(number);
      case Boolean flag -> new JsonPrimitive(flag);
      default -> new JsonPrimitive(value.toString());
    };
  }
}
