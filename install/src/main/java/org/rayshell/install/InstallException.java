package org.rayshell.install;

/** Why an installation is not possible, in one line for the person at the terminal. */
final class InstallException extends Exception {
  private static final long serialVersionUID = 1L;

  InstallException(String message) {
    super(message);
  }

  InstallException(String message, Throwable cause) {
    super(message, cause);
  }
}
