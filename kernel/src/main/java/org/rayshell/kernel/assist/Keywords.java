package org.rayshell.kernel.assist;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** The words of the language, with what they mean. */
final class Keywords {
  private static final Properties MEANINGS = read();

  private Keywords() {}

  /** Those that begin so, in order. */
  static List<String> beginning(String begun) {
    return MEANINGS.stringPropertyNames().stream()
        .filter(each -> each.startsWith(begun))
        .sorted()
        .toList();
  }

  /** What it means; null if it is none. */
  static String meaning(String word) {
    return MEANINGS.getProperty(word);
  }

  private static Properties read() {
    Properties all = new Properties();
    try (InputStream in = Keywords.class.getResourceAsStream("keywords.properties")) {
      all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
