package org.rayshell.runtime.wire;

import java.io.IOException;

/** A peer sent what this version does not understand: its connection is closed. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with what was received. */
  public ProtocolException(String message) {
    super(message);
  }
}
