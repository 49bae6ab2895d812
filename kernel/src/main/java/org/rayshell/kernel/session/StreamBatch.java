package org.rayshell.kernel.session;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Collects a cell's text and passes it on by 128 KB, after 20 ms, or when flushed, in the order in
 * which it was written. Thread-safe.
 */
final class StreamBatch {
  private static final int CHARS = 128 << 10;
  private static final int MILLIS = 20;

  private final BiConsumer<String, String> sink;
  private final ScheduledExecutorService timer;
  private final StringBuilder text = new StringBuilder();
  private String name = "stdout";
  private boolean scheduled;

  /** The sink takes the stream's name and the text. */
  StreamBatch(BiConsumer<String, String> sink, ScheduledExecutorService timer) {
    this.sink = sink;
    this.timer = timer;
  }

  // The lock is held while the sink blocks: that is what holds back who prints too fast.
  synchronized void write(boolean stderr, String more) {
    String target = stderr ? "stderr" : "stdout";
    if (!target.equals(name)) {
      flush();
      name = target;
    }
    for (int at = 0; at < more.length(); ) {
      int end = Math.min(more.length(), at + CHARS - text.length());
      text.append(more, at, end);
      at = end;
      if (text.length() >= CHARS) {
        pass(whole());
      }
    }
    if (!scheduled && !text.isEmpty()) {
      timer.schedule(this::expire, MILLIS, TimeUnit.MILLISECONDS);
      scheduled = true;
    }
  }

  /** The length without a first half of a pair at the end, whose second half may yet come. */
  private int whole() {
    int length = text.length();
    return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
  }

  private synchronized void expire() {
    scheduled = false;
    int length = whole();
    if (length > 0) {
      pass(length);
    }
  }

  synchronized void flush() {
    if (!text.isEmpty()) {
      pass(text.length());
    }
  }

  private void pass(int length) {
    String part = text.substring(0, length);
    // If there is no memory for the message, the text is there for the next try.
    sink.accept(name, part);
    text.delete(0, length);
  }
}
