package org.rayshell.cluster.probe;

/** A task for any Java. */
public final class Probe {
  private Probe() {}

  /** The version and the home of the Java that runs this, with a line end between. */
  public static byte[] java() {
    return (System.getProperty("java.version") + "\n" + System.getProperty("java.home"))
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
