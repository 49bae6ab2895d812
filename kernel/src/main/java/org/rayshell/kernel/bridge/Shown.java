package org.rayshell.kernel.bridge;

import org.rayshell.kernel.display.Amounts;
import org.rayshell.runtime.view.RefInfo;
import org.rayshell.runtime.view.TaskInfo;

/** Where a ref is, as it is shown: a glyph, a word and a colour, never the colour alone. */
enum Shown {
  FINISHED("✓", "finished", "#009E73"),
  RUNNING("◐", "running", "#1f83c4"),
  QUEUED("○", "queued", "#808080"),
  FAILED("✕", "failed", "#D55E00"),
  CANCELLED("⊘", "cancelled", "#808080"),
  RETRYING("↻", "retrying", "#B5659A"),
  STORED("●", "stored", "#009E73"),
  FREED("⊘", "freed", "#808080"),
  LOST("✕", "lost", "#D55E00"),
  STOPPED("⊘", "not finished", "#808080"),
  UNKNOWN("○", "unknown", "#808080");

  final String glyph;
  final String word;
  final String colour;

  Shown(String glyph, String word, String colour) {
    this.glyph = glyph;
    this.word = word;
    this.colour = colour;
  }

  boolean isFinal() {
    return switch (this) {
      case FINISHED, FAILED, CANCELLED, STORED, FREED, LOST, STOPPED -> true;
      case RUNNING, QUEUED, RETRYING, UNKNOWN -> false;
    };
  }

  /** Whether something went wrong that nobody wanted. */
  boolean isFailure() {
    return this == FAILED || this == LOST;
  }

  static Shown of(RefInfo info) {
    return switch (info.loss()) {
      case FREED -> FREED;
      case LOST -> LOST;
      case OWNER_DIED -> FAILED;
      case SESSION_ENDED -> STOPPED;
      case null -> info.task().map(Shown::of).orElse(info.stored() ? STORED : UNKNOWN);
    };
  }

  static Shown of(TaskInfo task) {
    return switch (task.state()) {
      case FINISHED -> FINISHED;
      case FAILED -> task.cancelled() ? CANCELLED : FAILED;
      case RUNNING -> RUNNING;
      default -> task.attempt() > 1 ? RETRYING : QUEUED;
    };
  }

  /** {@code ✓ finished} with its colour on the glyph. */
  String html() {
    return html(word);
  }

  /** {@code ✓ 9 finished}. */
  String html(long count) {
    return html(Amounts.count(count) + " " + word);
  }

  /** The glyph in its colour, and that text, which is HTML. */
  String html(String text) {
    return "<span style=\"white-space:nowrap\"><span style=\"color:"
        + colour
        + "\">"
        + glyph
        + "</span> "
        + text
        + "</span>";
  }
}
