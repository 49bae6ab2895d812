package org.rayshell.runtime.store.arena;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What takes the pages of a mapped file away again, which the JDK cannot: {@code
 * madvise(MADV_REMOVE)} of Linux. Thread-safe.
 */
@FunctionalInterface
interface PageRemoval {
  /**
   * Takes the pages of these bytes from the file and from all that map it; they are zeros then.
   *
   * @return false if the system or the file system has no such thing
   */
  boolean remove(MemorySegment bytes);

  /**
   * That of this system. It is asked for native access only if the program permits that ({@code
   * --enable-native-access}): a JVM that does not would print a warning, or refuse.
   */
  static PageRemoval ofSystem() {
    boolean isThere =
        System.getProperty("os.name").equals("Linux")
            && PageRemoval.class.getModule().isNativeAccessEnabled();
    return isThere ? Linux::remove : _ -> false;
  }

  /** Linked when it is first used. */
  final class Linux {
    private static final int MADV_REMOVE = 9;
    private static final MethodHandle MADVISE = link();

    private Linux() {}

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("madvise"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));
    }

    private static boolean remove(MemorySegment bytes) {
      try {
        return (int) MADVISE.invokeExact(bytes, bytes.byteSize(), MADV_REMOVE) == 0;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
