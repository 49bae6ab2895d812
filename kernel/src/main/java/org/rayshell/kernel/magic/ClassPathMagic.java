package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code %classpath}: lists what was added to the class path, or adds to it. */
final class ClassPathMagic implements Magic {
  private final String name;
  private final LibraryPath libraries;

  ClassPathMagic(String name, LibraryPath libraries) {
    this.name = name;
    this.libraries = libraries;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%" + name + " [JAR|FOLDER|GLOB...]";
  }

  @Override
  public String summary() {
    return "adds jars and folders to the class path of cells and workers; alone, lists them";
  }

  @Override
  public boolean takesFile(List<String> before) {
    return true;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.words().isEmpty()) {
      List<Path> added = libraries.added();
      if (added.isEmpty()) {
        call.println("nothing was added to the class path");
      }
      added.forEach(each -> call.println(each.toString()));
      return MagicResult.done();
    }
    List<Path> entries = new ArrayList<>();
    for (String word : call.words()) {
      entries.addAll(matches(word));
    }
    entries.forEach(each -> call.println("added " + each));
    libraries.add(entries, call);
    return MagicResult.done();
  }

  private static List<Path> matches(String word) throws MagicException {
    String expanded = UserPath.home(word);
    if (expanded.matches(".*[*?{\\[].*")) {
      return glob(expanded);
    }
    Path path = UserPath.of(word);
    if (!Files.exists(path)) {
      throw new MagicException("there is no such file or folder: " + path.toAbsolutePath());
    }
    return List.of(path.toAbsolutePath().normalize());
  }

  private static List<Path> glob(String word) throws MagicException {
    int slash = word.lastIndexOf('/');
    Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : word.substring(0, slash));
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, word.substring(slash + 1))) {
      entries.forEach(each -> found.add(each.toAbsolutePath().normalize()));
    } catch (IOException e) {
      throw new MagicException("there is no such folder: " + folder.toAbsolutePath(), e);
    }
    if (found.isEmpty()) {
      throw new MagicException("nothing matches " + word);
    }
    found.sort(null);
    return found;
  }
}
