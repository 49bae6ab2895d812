package org.rayshell.kernel.bridge;

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
    return this == FINISHED || this == FAILED || this == CANCELLED || this == STORED;
  }

  static Shown of(RefInfo info) {
    return info.task().map(Shown::of).orElse(info.stored() ? STORED : UNKNOWN);
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
  String html(int count) {
    return html(count + " " + word);
  }

  private String html(String text) {
    return "<span style=\"white-space:nowrap\"><span style=\"color:"
        + colour
        + "\">"
        + glyph
        + "</span> "
        + text
        + "</span>";
  }
}
