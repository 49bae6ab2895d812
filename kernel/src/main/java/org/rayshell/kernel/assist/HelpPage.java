package org.rayshell.kernel.assist;

import com.google.gson.JsonObject;
import java.util.Map;
import org.rayshell.kernel.session.MimeBundle;

/** A page of help, as Markdown and as plain text; of use once. */
final class HelpPage {
  private final StringBuilder markdown = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  /** Adds Java. */
  void java(String code) {
    add("```java\n" + code + "\n```", code);
  }

  /** Adds words. */
  void say(String words) {
    if (!words.isEmpty()) {
      add(DocText.escaped(words), words);
    }
  }

  /** Adds the same in both forms. */
  void add(String asMarkdown, String asText) {
    if (!asMarkdown.isEmpty()) {
      markdown.append(markdown.isEmpty() ? "" : "\n\n").append(asMarkdown);
      text.append(text.isEmpty() ? "" : "\n\n").append(asText);
    }
  }

  boolean isEmpty() {
    return markdown.isEmpty();
  }

  /** The page; null if it is empty. */
  MimeBundle bundle() {
    return isEmpty()
        ? null
        : new MimeBundle(
            Map.of("text/markdown", markdown.toString(), "text/plain", text.toString()),
            new JsonObject());
  }
}
