package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/** Arguments of a magic: split at blanks outside quotes, which are taken away. */
final class Words {
  private Words() {}

  /** The words; a backslash before a quote or a backslash inside quotes takes it as it is. */
  static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 && c == '\\' && i + 1 < text.length() && isSpecial(text.charAt(i + 1))) {
        word.append(text.charAt(++i));
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        begun = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        begun = true;
      } else if (begun) {
        words.add(word.toString());
        word.setLength(0);
        begun = false;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  private static boolean isSpecial(char c) {
    return c == '"' || c == '\'' || c == '\\';
  }
}
