package org.rayshell.kernel.magic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The code of a notebook's file. */
final class NotebookCode {
  private NotebookCode() {}

  /**
   * The cells of code in their order.
   *
   * @throws MagicException if the text is no notebook; names the file
   */
  static List<String> cells(String text, Path file) throws MagicException {
    try {
      List<String> found = new ArrayList<>();
      JsonObject notebook = JsonParser.parseString(text).getAsJsonObject();
      for (JsonElement each : notebook.getAsJsonArray("cells")) {
        JsonObject cell = each.getAsJsonObject();
        if (cell.get("cell_type").getAsString().equals("code")) {
          found.add(source(cell.get("source")));
        }
      }
      return found;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new MagicException(file + " is no notebook: " + e.getMessage(), e);
    }
  }

  /** A text, or its lines. */
  private static String source(JsonElement source) {
    if (!(source instanceof JsonArray lines)) {
      return source.getAsString();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }
}
