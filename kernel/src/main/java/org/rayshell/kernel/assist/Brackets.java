package org.rayshell.kernel.assist;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which brackets code leaves open. */
final class Brackets {
  private Brackets() {}

  /** What closes all that the code opens, so that it parses. */
  static String closing(String code) {
    Deque<String> open = new ArrayDeque<>();
    String text = Prose.blanked(code);
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(' -> open.push(")");
        case '[' -> open.push("]");
        case '{' -> open.push(";}");
        case ')', ']', '}' -> open.poll();
        default -> {}
      }
    }
    return String.join("", open) + ";";
  }

  /** Where the innermost round bracket stands that is open at the end; -1 if there is none. */
  static int openRound(String code) {
    Deque<Integer> open = new ArrayDeque<>();
    String text = Prose.blanked(code);
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> open.push(at);
        case ')', ']', '}' -> open.poll();
        default -> {}
      }
    }
    return !open.isEmpty() && text.charAt(open.peek()) == '(' ? open.peek() : -1;
  }

  /** Where the bracket opens that the code closes last; -1 if it does not open. */
  static int start(String code) {
    Deque<Integer> open = new ArrayDeque<>();
    String text = Prose.blanked(code);
    int last = -1;
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> open.push(at);
        case ')', ']', '}' -> last = open.isEmpty() ? -1 : open.pop();
        default -> {}
      }
    }
    return last;
  }

  /** Where the last argument begins of the call that this bracket opens. */
  static int argument(String code, int bracket) {
    String text = Prose.blanked(code);
    int start = bracket + 1;
    int depth = 0;
    for (int at = start; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case ',' -> start = depth == 0 ? at + 1 : start;
        default -> {}
      }
    }
    return start;
  }

  /** The end of what the bracket at this place opens, itself included; -1 if it stays open. */
  static int end(String code, int bracket) {
    String text = Prose.blanked(code);
    int depth = 0;
    for (int at = bracket; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }
}
