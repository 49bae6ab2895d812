package org.rayshell.kernel.eval;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of UTF-8 on their way to another stream, the stack traces in them translated. Whoever
 * prints a trace writes it line by line; a write that does not end a line is passed on as it is.
 * Thread-safe if the other stream is.
 */
public final class TraceStream extends OutputStream {
  private final PrintStream out;
  private final TraceText text;

  private TraceStream(PrintStream out, CellTrace trace) {
    this.out = out;
    this.text = new TraceText(trace);
  }

  /** A stream like the given one, to which it writes. */
  public static PrintStream over(PrintStream out, CellTrace trace) {
    return new PrintStream(new TraceStream(out, trace), false, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length == 0
        || bytes[offset + length - 1] != '\n'
        || !text.concerns(new String(bytes, offset, length, StandardCharsets.ISO_8859_1))) {
      out.write(bytes, offset, length);
      return;
    }
    byte[] translated =
        text.translate(new String(bytes, offset, length, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    out.write(translated, 0, translated.length);
  }

  @Override
  public void flush() {
    out.flush();
  }
}
