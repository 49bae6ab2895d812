package org.rayshell.runtime.worker;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Random bytes that nobody can guess, of the system's own generator. A {@link SecureRandom} gives
 * the same, and looks for its providers first, which is a tenth of a session's start. Thread-safe.
 */
public final class SystemRandom {
  private static final Path SOURCE = Path.of("/dev/urandom");

  private SystemRandom() {}

  /** So many bytes. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    try (DataInputStream source = new DataInputStream(Files.newInputStream(SOURCE))) {
      source.readFully(bytes);
    } catch (IOException _) {
      // No such device here.
      new SecureRandom().nextBytes(bytes);
    }
    return bytes;
  }
}
