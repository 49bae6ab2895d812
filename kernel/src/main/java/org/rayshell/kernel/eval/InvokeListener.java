package org.rayshell.kernel.eval;

/**
 * Told around each invocation of user code, on the thread that waits for it: compiling lies
 * outside. Timing magics read their clocks here.
 */
public interface InvokeListener {
  /** Hears nothing. */
  InvokeListener NONE =
      new InvokeListener() {
        @Override
        public void before() {}

        @Override
        public void after() {}
      };

  /** User code is about to run. */
  void before();

  /** User code has ended, however it ended. */
  void after();
}
