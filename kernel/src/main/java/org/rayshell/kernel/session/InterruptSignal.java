package org.rayshell.kernel.session;

import java.lang.reflect.Proxy;

/** SIGINT as a call, where the JVM offers signals: they are outside the standard API. */
public final class InterruptSignal {
  private InterruptSignal() {}

  /** Calls the action on each SIGINT; without signals in the JVM nothing happens. */
  public static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader() == null
                  ? InterruptSignal.class.getClassLoader()
                  : handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "interrupt of the kernel";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ReflectiveOperationException e) {
      // Interrupts then come by message alone, which is what the kernelspec asks for.
    }
  }
}
