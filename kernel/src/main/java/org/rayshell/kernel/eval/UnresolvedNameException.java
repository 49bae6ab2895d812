package org.rayshell.kernel.eval;

/** A definition was used that itself uses a name not defined yet. */
public final class UnresolvedNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnresolvedNameException(String message) {
    super(message);
  }
}
