package org.rayshell.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance tests that the Jupyter project has for kernels of every language. */
class KernelConformanceTest {
  @ParameterizedTest
  @CsvSource({
    "as-installed, -Drayshell.internals=true",
    "without-internals, -Drayshell.internals=false"
  })
  void passesAllTwelveAndSkipsNone(String name, String option) throws Exception {
    try (Sandbox sandbox = new Sandbox("conformance-" + name).withKernel()) {
      Outcome outcome =
          sandbox
              .with("JDK_JAVA_OPTIONS", option)
              .run(PythonEnvironment.python(), Project.PYTHON.resolve("conformance.py"), "-v")
              .succeeded();
      assertTrue(outcome.output().contains("Ran 12 tests"), outcome::toString);
      assertEquals("OK", outcome.lastLine(), outcome::toString);
    }
  }
}
