package org.rayshell.kernel.stream;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A standard stream that hands on what is printed as text, each call's whole: lines of several
 * threads do not mix, and nothing is encoded only to be decoded. Bytes go to the stream beneath, as
 * UTF-8. It cannot be closed: whoever closes a writer or scanner over it must not silence all cells
 * after. Thread-safe: one lock, which is also the one that stack traces are printed under.
 */
public abstract class TextStream extends PrintStream {
  /** Bytes go to that stream. */
  protected TextStream(OutputStream bytes) {
    super(bytes, false, StandardCharsets.UTF_8);
  }

  /** What one call has printed; runs under this stream's lock. */
  protected abstract void text(String text);

  private synchronized void put(String text) {
    text(text);
  }

  /** Flushes, no more. */
  @Override
  public void close() {
    flush();
  }

  @Override
  public void print(boolean value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(char value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(int value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(long value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(float value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(double value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(char[] value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(String value) {
    put(String.valueOf(value));
  }

  @Override
  public void print(Object value) {
    put(String.valueOf(value));
  }

  @Override
  public void println() {
    put("\n");
  }

  @Override
  public void println(boolean value) {
    put(value + "\n");
  }

  @Override
  public void println(char value) {
    put(value + "\n");
  }

  @Override
  public void println(int value) {
    put(value + "\n");
  }

  @Override
  public void println(long value) {
    put(value + "\n");
  }

  @Override
  public void println(float value) {
    put(value + "\n");
  }

  @Override
  public void println(double value) {
    put(value + "\n");
  }

  @Override
  public void println(char[] value) {
    put(String.valueOf(value).concat("\n"));
  }

  @Override
  public void println(String value) {
    put(String.valueOf(value).concat("\n"));
  }

  @Override
  public void println(Object value) {
    put(String.valueOf(value).concat("\n"));
  }

  @Override
  public PrintStream format(String format, Object... values) {
    put(String.format(format, values));
    return this;
  }

  @Override
  public PrintStream format(Locale locale, String format, Object... values) {
    put(String.format(locale, format, values));
    return this;
  }
}
