package org.rayshell.kernel.eval;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.rayshell.kernel.stream.TextStream;

/**
 * Text on its way to another stream, the stack traces in it translated. Whoever prints a trace
 * prints it line by line; what does not end a line is passed on as it is. Thread-safe if the other
 * stream is.
 */
public final class TraceStream extends TextStream {
  private final PrintStream out;
  private final TraceText trace;

  private TraceStream(PrintStream out, CellTrace trace) {
    super(out);
    this.out = out;
    this.trace = new TraceText(trace);
  }

  /** A stream like the given one, to which it writes. */
  public static PrintStream over(PrintStream out, CellTrace trace) {
    return new TraceStream(out, trace);
  }

  @Override
  protected void text(String text) {
    out.print(text.endsWith("\n") ? trace.translate(text) : text);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length == 0
        || bytes[offset + length - 1] != '\n'
        || !trace.concerns(new String(bytes, offset, length, StandardCharsets.ISO_8859_1))) {
      out.write(bytes, offset, length);
    } else {
      text(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void write(int b) {
    out.write(b);
  }
}
