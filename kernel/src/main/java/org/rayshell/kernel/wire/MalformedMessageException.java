package org.rayshell.kernel.wire;

/** What arrived is not a message, or lacks a field that its type needs. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public MalformedMessageException(String message) {
    super(message);
  }

  /** Says what is wrong and what found it. */
  public MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
