package org.rayshell.notebooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A notebook's cells as its file has them; immutable.
 *
 * @param cells in their order
 */
record Notebook(List<Cell> cells) {
  /** A cell; its index is its place among all of the notebook, its number that of the prompt. */
  record Cell(
      int index,
      String id,
      boolean code,
      String source,
      List<String> tags,
      OptionalInt number,
      List<JsonObject> outputs) {
    /** The tag of a cell that may fail: what executes notebooks goes on after it. */
    static final String FAILS = "raises-exception";

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

    /** What it printed. */
    String printed(String stream) {
      return outputs.stream()
          .filter(o -> text(o.get("output_type")).equals("stream"))
          .filter(o -> text(o.get("name")).equals(stream))
          .map(o -> text(o.get("text")))
          .collect(Collectors.joining());
    }

    /** What it showed, in that form, one text a display or result. */
    List<String> shown(String mime) {
      List<String> shown = new ArrayList<>();
      for (JsonObject output : outputs) {
        if (output.get("data") instanceof JsonObject data && data.has(mime)) {
          shown.add(text(data.get(mime)));
        }
      }
      return shown;
    }

    boolean failed() {
      return outputs.stream().anyMatch(o -> text(o.get("output_type")).equals("error"));
    }

    boolean mayFail() {
      return tags.contains(FAILS);
    }

    /** Everything that a reader of plain text sees of it, without colours. */
    String shows() {
      StringBuilder all = new StringBuilder();
      for (JsonObject output : outputs) {
        all.append(text(output.get("text")));
        if (output.get("data") instanceof JsonObject data) {
          all.append(text(data.get("text/plain"))).append('\n');
        }
        if (output.get("traceback") instanceof JsonArray traceback) {
          traceback.forEach(line -> all.append(text(line)).append('\n'));
        }
      }
      return COLOUR.matcher(all).replaceAll("");
    }
  }

  static Notebook read(Path file) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    List<Cell> cells = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      boolean code = text(cell.get("cell_type")).equals("code");
      List<JsonObject> outputs = new ArrayList<>();
      if (code) {
        cell.getAsJsonArray("outputs").forEach(output -> outputs.add(output.getAsJsonObject()));
      }
      List<String> tags = new ArrayList<>();
      if (cell.getAsJsonObject("metadata").get("tags") instanceof JsonArray labels) {
        labels.forEach(label -> tags.add(label.getAsString()));
      }
      JsonElement number = cell.get("execution_count");
      cells.add(
          new Cell(
              cells.size(),
              text(cell.get("id")),
              code,
              text(cell.get("source")),
              tags,
              number == null || number.isJsonNull()
                  ? OptionalInt.empty()
                  : OptionalInt.of(number.getAsInt()),
              outputs));
    }
    return new Notebook(List.copyOf(cells));
  }

  /** Copies a notebook as it is before it is run. */
  static void copyWithoutOutputs(Path from, Path to) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(from)).getAsJsonObject();
    for (JsonElement element : json.getAsJsonArray("cells")) {
      JsonObject cell = element.getAsJsonObject();
      if (cell.has("outputs")) {
        cell.add("outputs", new JsonArray());
        cell.add("execution_count", JsonNull.INSTANCE);
      }
    }
    Files.writeString(to, json.toString());
  }

  Cell cell(String id) {
    return cells.stream()
        .filter(cell -> cell.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no cell " + id));
  }

  List<Cell> code() {
    return cells.stream().filter(Cell::code).toList();
  }

  /** Text is a string or a list of lines. */
  private static String text(JsonElement element) {
    return switch (element) {
      case null -> "";
      case JsonArray lines ->
          lines.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining());
      default -> element.getAsString();
    };
  }
}
