package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options and the other words of a call; immutable. */
final class MagicOptions {
  private final String written;
  private final Map<String, String> options;
  private final List<String> rest;

  private MagicOptions(String written, Map<String, String> options, List<String> rest) {
    this.written = written;
    this.options = options;
    this.rest = rest;
  }

  /**
   * Takes the words apart. A word that begins with a dash and a letter is an option.
   *
   * @param flags options without a value, such as {@code -f}
   * @param valued options whose value is the next word
   * @throws MagicException if there is another option, or a value is missing
   */
  static MagicOptions read(MagicCall call, Magic magic, Set<String> flags, Set<String> valued)
      throws MagicException {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < call.words().size(); i++) {
      String word = call.words().get(i);
      if (flags.contains(word)) {
        options.put(word, "");
      } else if (valued.contains(word)) {
        if (++i == call.words().size()) {
          throw new MagicException(
              call.written() + " " + word + " needs a value: " + magic.usage());
        }
        options.put(word, call.words().get(i));
      } else if (word.matches("--?\\p{L}.*")) {
        throw new MagicException(call.written() + " has no option " + word + ": " + magic.usage());
      } else {
        rest.add(word);
      }
    }
    return new MagicOptions(call.written(), options, List.copyOf(rest));
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  /** The words that belong to no option. */
  List<String> rest() {
    return rest;
  }

  /** The value of an option; null without it. */
  String value(String option) {
    return options.get(option);
  }

  /** The value of an option that is a number of 1 or more. */
  int number(String option) throws MagicException {
    String value = options.get(option);
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new MagicException(written + " takes a number of 1 or more: " + option + "=" + value);
  }

  /** Refuses words that belong to no option. */
  MagicOptions nothingElse(Magic magic) throws MagicException {
    return atMost(0, magic);
  }

  /** Refuses more words than that which belong to no option. */
  MagicOptions atMost(int words, Magic magic) throws MagicException {
    if (rest.size() > words) {
      throw new MagicException(
          written + " does not know what to do with " + rest.get(words) + ": " + magic.usage());
    }
    return this;
  }
}
