package org.rayshell.kernel.session;

import java.io.IOException;

/** A cell that stands for another one, and does some things its own way. Thread-safe. */
public class ForwardingCell implements Cell {
  private final Cell outer;

  /** Stands for that cell. */
  public ForwardingCell(Cell outer) {
    this.outer = outer;
  }

  /** The cell that this one stands for, through however many others; the same one if for none. */
  static Cell behind(Cell cell) {
    Cell behind = cell;
    while (behind instanceof ForwardingCell forwarding) {
      behind = forwarding.outer;
    }
    return behind;
  }

  @Override
  public int count() {
    return outer.count();
  }

  @Override
  public String id() {
    return outer.id();
  }

  @Override
  public boolean silent() {
    return outer.silent();
  }

  @Override
  public void stream(boolean stderr, String text) {
    outer.stream(stderr, text);
  }

  @Override
  public void display(MimeBundle bundle, String displayId) {
    outer.display(bundle, displayId);
  }

  @Override
  public void updateDisplay(MimeBundle bundle, String displayId) {
    outer.updateDisplay(bundle, displayId);
  }

  @Override
  public void clearOutput(boolean wait) {
    outer.clearOutput(wait);
  }

  @Override
  public String input(String prompt, boolean password) throws IOException, InterruptedException {
    return outer.input(prompt, password);
  }

  @Override
  public boolean attended() {
    return outer.attended();
  }

  @Override
  public boolean interrupted() {
    return outer.interrupted();
  }
}
