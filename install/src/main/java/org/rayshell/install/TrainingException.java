package org.rayshell.install;

/** Why a training session did not come to its end. */
final class TrainingException extends Exception {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }
}
