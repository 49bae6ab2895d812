package org.rayshell.kernel.eval;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * What is woven into the methods of cells. While nothing is stopped it does nothing and costs
 * compiled code nothing, not even its vector loops: a call site that the compiler takes for
 * constant. Changing it makes the JVM give up the code that was compiled so, also in loops that
 * run, at their next safepoint. (Serial GC's counted loops have one with {@code
 * -XX:+UseCountedLoopSafepoints} only.) Thread-safe.
 */
public final class StopCheck {
  // Not volatile: a loop that is compiled so that it never reads it again has a check of its own.
  private static boolean looks;

  private StopCheck() {}

  /** Apart, so that a kernel without a loop needs no method handle. */
  private static final class Site {
    static final MethodHandle NOTHING = MethodHandles.empty(MethodType.methodType(void.class));
    static final MutableCallSite SITE = new MutableCallSite(NOTHING);
    static final MethodHandle CHECK = SITE.dynamicInvoker();
    static final MethodHandle THROWS;

    static {
      try {
        THROWS =
            MethodHandles.lookup()
                .findStatic(Runaways.class, "check", MethodType.methodType(void.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /**
   * Ends the calling thread's work if that is to end: throws what a cell can only catch to be
   * stopped again.
   */
  public static void check() {
    try {
      Site.CHECK.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a check throws nothing checked", e);
    }
  }

  /**
   * The same after a call of library code, which may have taken long; for where a check is not
   * needed to end a loop, and shall cost little where nothing is compiled yet.
   */
  public static void back() {
    if (looks) {
      Runaways.check();
    }
  }

  /** Makes the first check as quick as the others; to be called where the stack is not deep. */
  static void prepare() {
    check();
  }

  /** Lets the checks of all threads look whether they are to throw, or look no more. */
  static void look(boolean on) {
    looks = on;
    Site.SITE.setTarget(on ? Site.THROWS : Site.NOTHING);
    MutableCallSite.syncAll(new MutableCallSite[] {Site.SITE});
  }
}
