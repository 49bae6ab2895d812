package org.rayshell.kernel.session;

import org.rayshell.kernel.stream.TextStream;

/** A standard stream that belongs to cells. Thread-safe. */
final class CellPrintStream extends TextStream {
  private final CellOutput output;

  CellPrintStream(CellOutput output) {
    super(output);
    this.output = output;
  }

  @Override
  protected void text(String text) {
    output.text(text);
  }
}
