package org.rayshell.kernel.display;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How many columns a character takes in text of fixed width, as in a terminal. */
final class CharacterWidth {
  private static final Set<UnicodeScript> WIDE_SCRIPTS =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  private CharacterWidth() {}

  /** 0 for what is set on the character before, 2 for ideographs and pictures, else 1. */
  static int of(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {
        return isWide(codePoint) ? 2 : 1;
      }
    }
  }

  private static boolean isWide(int codePoint) {
    UnicodeBlock block = UnicodeBlock.of(codePoint);
    if (block == UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS) {
      return codePoint < 0xff61 || codePoint > 0xffdc;
    }
    return WIDE_SCRIPTS.contains(UnicodeScript.of(codePoint))
        || block == UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION
        || Character.isEmojiPresentation(codePoint);
  }
}
