package org.rayshell.install;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code kernel.json}; immutable. Its metadata tell that the kernelspec is ours.
 *
 * @param argv the kernel's command line
 * @param made the folders that the installation had to make, the outermost first; null if a package
 *     manager makes them and takes them away
 */
record KernelJson(List<String> argv, List<Path> made) {
  static final String FILE = "kernel.json";
  private static final String OURS = "rayshell";
  private static final String MADE = "madeFolders";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  void write(Path folder) throws IOException {
    JsonObject json = new JsonObject();
    json.add("argv", GSON.toJsonTree(argv));
    json.addProperty("display_name", "Java (RayShell)");
    json.addProperty("language", "java");
    json.addProperty("interrupt_mode", "message");
    JsonObject ours = new JsonObject();
    ours.addProperty("version", KernelCommand.version());
    if (made != null) {
      ours.add(MADE, GSON.toJsonTree(made.stream().map(Path::toString).toList()));
    }
    JsonObject metadata = new JsonObject();
    metadata.add(OURS, ours);
    JsonArray encryption = new JsonArray();
    encryption.add("curve");
    metadata.add("supported_encryption", encryption);
    json.add("metadata", metadata);
    Files.writeString(folder.resolve(FILE), GSON.toJson(json) + "\n");
  }

  /**
   * The folders that the installation in the folder had to make.
   *
   * @throws InstallException if the kernelspec there is not ours
   */
  static List<Path> made(Path folder) throws InstallException {
    Path file = folder.resolve(FILE);
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      if (json instanceof JsonObject spec
          && spec.get("metadata") instanceof JsonObject metadata
          && metadata.get(OURS) instanceof JsonObject ours) {
        if (!(ours.get(MADE) instanceof JsonArray made)) {
          throw new InstallException(
              folder + " was installed by pip; remove it first: pip uninstall rayshell");
        }
        List<Path> folders = new ArrayList<>();
        made.forEach(path -> folders.add(Path.of(path.getAsString())));
        return folders;
      }
    } catch (IOException | JsonParseException _) {
      // As foreign as a file that says something else.
    }
    throw new InstallException(
        folder
            + " is there and was not made by RayShell; remove it, or choose another place with"
            + " --prefix DIR");
  }
}
