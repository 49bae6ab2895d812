package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The conformance tests that the Jupyter project has for kernels of every language. */
class KernelConformanceTest {
  @Test
  void passesAllTwelveAndSkipsNone() throws Exception {
    try (Sandbox sandbox = new Sandbox("conformance").withKernel()) {
      Outcome outcome =
          sandbox
              .run(PythonEnvironment.python(), Project.PYTHON.resolve("conformance.py"), "-v")
              .succeeded();
      assertTrue(outcome.output().contains("Ran 12 tests"), outcome::toString);
      assertEquals("OK", outcome.lastLine(), outcome::toString);
    }
  }
}
