package org.rayshell.kernel.magic;

/** A magic that cannot do what it was asked; the message says why and what to do. */
public final class MagicException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that names the thing and the remedy. */
  public MagicException(String message) {
    super(message);
  }

  /** An exception with a message and what led to it. */
  public MagicException(String message, Throwable cause) {
    super(message, cause);
  }
}
