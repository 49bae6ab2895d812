package org.rayshell.kernel.magic;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What the C library can change of this process and the JDK cannot. */
final class NativeProcess {
  private NativeProcess() {}

  /** Enters a folder; whether it could. */
  static boolean enter(String folder) {
    MethodHandle chdir = function("chdir", ValueLayout.ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      return (int) chdir.invokeExact(arena.allocateFrom(folder)) == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Sets an environment variable; whether it could. */
  static boolean setEnvironment(String name, String value) {
    MethodHandle setenv =
        function("setenv", ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      return (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1) == 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
