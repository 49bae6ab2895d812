package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an installed kernel that Jupyter interrupts, restarts, or loses. */
class KernelLifeTest {
  @ParameterizedTest
  @ValueSource(strings = {"interrupt", "restart", "shutdown"})
  void obeysJupyter(String what) throws Exception {
    try (Sandbox sandbox = new Sandbox("life-" + what).withKernel()) {
      life(sandbox, what);
    }
  }

  @Test
  void killedKernelTakesItsWorkersAlong() throws Exception {
    try (Sandbox sandbox = new Sandbox("life-kill").withKernel()) {
      life(sandbox, "kill");
      assertEquals(List.of(), sandbox.living());
      // The next runtime of this user cleans up what the killed one could not.
      life(sandbox, "shutdown");
      assertEquals(List.of(), sandbox.sessions());
    }
  }

  private static void life(Sandbox sandbox, String what) throws Exception {
    Outcome outcome =
        sandbox.run(PythonEnvironment.python(), Project.PYTHON.resolve("life.py"), what);
    System.out.println(outcome.succeeded().output());
  }
}
