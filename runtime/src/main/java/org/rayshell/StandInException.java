package org.rayshell;

/** Stands for an exception of a task that could not be sent, and prints as it would. */
public final class StandInException extends RayException {
  private static final long serialVersionUID = 1L;

  private final String type;

  /** Stands for one of that class, with its message and what stands for its cause, or null. */
  public StandInException(String type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  /** The binary name of the class that it stands for. */
  public String type() {
    return type;
  }

  @Override
  public String toString() {
    return getMessage() == null ? type : type + ": " + getMessage();
  }
}
