package org.rayshell.notebooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A notebook that a test writes, of code cells that have not run. Confined to one thread. */
final class Draft {
  private final JsonArray cells = new JsonArray();

  static Draft of(Iterable<String> cells) {
    Draft draft = new Draft();
    cells.forEach(draft::cell);
    return draft;
  }

  /** Adds a cell; its id is {@code cell-} and its index. */
  Draft cell(String source, String... tags) {
    JsonArray labels = new JsonArray();
    for (String tag : tags) {
      labels.add(tag);
    }
    JsonObject metadata = new JsonObject();
    metadata.add("tags", labels);
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", "code");
    cell.addProperty("id", "cell-" + cells.size());
    cell.add("metadata", metadata);
    cell.add("execution_count", JsonNull.INSTANCE);
    cell.add("outputs", new JsonArray());
    cell.addProperty("source", source);
    cells.add(cell);
    return this;
  }

  Path write(Path file) throws IOException {
    JsonObject kernelspec = new JsonObject();
    kernelspec.addProperty("name", "rayshell");
    kernelspec.addProperty("language", "java");
    kernelspec.addProperty("display_name", "Java (RayShell)");
    JsonObject metadata = new JsonObject();
    metadata.add("kernelspec", kernelspec);
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    notebook.add("metadata", metadata);
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 5);
    return Files.writeString(file, notebook.toString());
  }
}
