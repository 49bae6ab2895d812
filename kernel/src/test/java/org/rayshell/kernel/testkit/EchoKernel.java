package org.rayshell.kernel.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A kernel with the echo engine and its client, for all tests of a class. */
public final class EchoKernel implements AfterAllCallback {
  private final String[] options;
  private KernelProcess kernel;
  private TestClient client;

  /** With options for its JVM. */
  public EchoKernel(String... options) {
    this.options = options;
  }

  /** The kernel, started when first asked for. */
  public KernelProcess kernel() {
    if (kernel == null) {
      kernel = KernelProcess.start(EchoEngine.class, options);
    }
    return kernel;
  }

  /** The client. */
  public TestClient client() {
    if (client == null) {
      client = TestClient.connect(kernel());
    }
    return client;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null) {
      client.close();
    }
    if (kernel != null) {
      kernel.close();
    }
  }
}
