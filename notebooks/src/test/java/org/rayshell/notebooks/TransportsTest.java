package org.rayshell.notebooks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An installed kernel and Jupyter's client, by each transport that both have. */
class TransportsTest {
  @ParameterizedTest
  @CsvSource({"tcp, plain", "ipc, plain", "tcp, curve", "ipc, curve"})
  void jupyterTalksToTheKernel(String transport, String encryption) throws Exception {
    try (Sandbox sandbox = new Sandbox("transport-" + transport + "-" + encryption).withKernel()) {
      sandbox
          .run(
              PythonEnvironment.python(),
              Project.PYTHON.resolve("transports.py"),
              transport,
              encryption)
          .succeeded();
    }
  }
}
