package org.rayshell.kernel.bridge;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MimeBundle;

/** A cell that keeps what it is to show. Thread-safe. */
final class FakeCell implements Cell {
  final StringBuffer out = new StringBuffer();
  final StringBuffer err = new StringBuffer();

  /** Texts of displays and their updates, by {@code id: text}, each checked against the rules. */
  final BlockingQueue<String> displays = new LinkedBlockingQueue<>();

  private final int count;

  FakeCell(int count) {
    this.count = count;
  }

  /** What is printed, without colours. */
  static String plain(CharSequence text) {
    return text.toString().replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public boolean silent() {
    return false;
  }

  @Override
  public void stream(boolean stderr, String text) {
    (stderr ? err : out).append(text);
  }

  @Override
  public void display(MimeBundle bundle, String id) {
    AllowList.check(bundle.data().get("text/html").toString());
    displays.add(id + ": " + bundle.data().get("text/plain"));
  }

  @Override
  public void updateDisplay(MimeBundle bundle, String id) {
    display(bundle, id);
  }

  @Override
  public void clearOutput(boolean wait) {}

  @Override
  public String input(String prompt, boolean password) {
    throw new UnsupportedOperationException();
  }
}
