package org.rayshell.kernel.magic;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * CPU time that this process has used; nanoseconds.
 *
 * @param user in user mode
 * @param system in the kernel of the operating system
 */
public record ProcessTimes(long user, long system) {
  private static final int RUSAGE_SELF = 0;
  private static final int RUSAGE_BYTES = 256;
  private static final AtomicBoolean PREPARED = new AtomicBoolean();
  private static volatile boolean linked;

  /** Linked by the first use, which takes tens of milliseconds. */
  private static final class Getrusage {
    static final Optional<MethodHandle> HANDLE = find();
  }

  /** Up to now. */
  public static ProcessTimes now() {
    Optional<MethodHandle> getrusage = Getrusage.HANDLE;
    linked = true;
    if (getrusage.isEmpty()) {
      return fromHandle();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(RUSAGE_BYTES, 8);
      if ((int) getrusage.get().invokeExact(RUSAGE_SELF, usage) != 0) {
        return fromHandle();
      }
      return new ProcessTimes(time(usage, 0), time(usage, 16));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Up to now, without delay: to hundredths of a second as long as nothing better is linked. */
  public static ProcessTimes atOnce() {
    return linked ? now() : fromHandle();
  }

  /** Sees to it that {@link #atOnce} will be exact, on a thread of its own. */
  public static void prepare() {
    if (!linked && PREPARED.compareAndSet(false, true)) {
      Thread.ofPlatform()
          .name("kernel-times")
          .daemon()
          .inheritInheritableThreadLocals(false)
          .start(ProcessTimes::now);
    }
  }

  /** What was used since then. */
  public ProcessTimes minus(ProcessTimes earlier) {
    return new ProcessTimes(user - earlier.user, system - earlier.system);
  }

  /** The sum of both. */
  public ProcessTimes plus(ProcessTimes other) {
    return new ProcessTimes(user + other.user, system + other.system);
  }

  /** A {@code struct timeval}: seconds, then microseconds, which are an int on macOS. */
  private static long time(MemorySegment usage, long offset) {
    long seconds = usage.get(ValueLayout.JAVA_LONG, offset);
    long micros = usage.get(ValueLayout.JAVA_INT, offset + 8);
    return seconds * 1_000_000_000L + micros * 1_000L;
  }

  /** Without getrusage all of it counts as user time. */
  private static ProcessTimes fromHandle() {
    return new ProcessTimes(
        ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L), 0);
  }

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> find() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("getrusage")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
  }
}
