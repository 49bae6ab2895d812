package org.rayshell.runtime.wire;

import java.io.IOException;

/** This process can open no socket: it has no file descriptor left. */
public final class NoDescriptorException extends IOException {
  private static final long serialVersionUID = 1L;

  NoDescriptorException(IOException cause) {
    super("no socket can be opened: " + cause.getMessage(), cause);
  }
}
