package org.rayshell.kernel.session;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts the engine in the background and hands it out: its information when it is constructed,
 * itself when it has started. Thread-safe.
 */
final class EngineHost {
  private final CompletableFuture<Engine> constructed = new CompletableFuture<>();
  private final CompletableFuture<Engine> started = new CompletableFuture<>();

  /** Starts on a thread of its own; {@code prepare} runs there first. */
  void start(String className, SessionContext context, Runnable prepare) {
    Thread.ofPlatform()
        .name("kernel-engine-start")
        .daemon()
        .inheritInheritableThreadLocals(false)
        .start(() -> {
          try {
            Engine engine = construct(className, context);
            constructed.complete(engine);
            prepare.run();
            engine.start();
            started.complete(engine);
          } catch (Throwable e) {
            constructed.completeExceptionally(e);
            started.completeExceptionally(e);
          }
        });
  }

  private static Engine construct(String className, SessionContext context) throws Throwable {
    Class<?> type = Class.forName(className);
    try {
      for (Constructor<?> constructor : type.getConstructors()) {
        Class<?>[] parameters = constructor.getParameterTypes();
        if (parameters.length == 1 && parameters[0] == SessionContext.class) {
          return (Engine) constructor.newInstance(context);
        }
      }
      return (Engine) type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Waits until the engine can tell; what it tells. */
  Engine.KernelInfo info() {
    return join(constructed).info();
  }

  /** Waits until the engine has started. */
  Engine engine() {
    return join(started);
  }

  /** The engine if it has started well, otherwise null. */
  Engine engineNow() {
    return started.isCompletedExceptionally() ? null : started.getNow(null);
  }

  private static Engine join(CompletableFuture<Engine> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "the engine did not start: " + e.getCause() + "; restart the kernel", e.getCause());
    }
  }
}
