package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code %classpath}: lists what was added to the class path, or adds to it; its value, for {@code
 * var added = %classpath …}, is what was added.
 */
final class ClassPathMagic implements Magic {
  private static final String JAR = ".jar";

  private final String name;
  private final boolean jarsIn;
  private final LibraryPath libraries;

  /**
   * The magic of that name.
   *
   * @param jarsIn whether a folder stands for the jars in it
   */
  ClassPathMagic(String name, boolean jarsIn, LibraryPath libraries) {
    this.name = name;
    this.jarsIn = jarsIn;
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
    return "adds jars and folders"
        + (jarsIn ? ", of a folder the jars in it," : "")
        + " to the class path of cells and workers; alone, lists them";
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
      boolean named = !FileGlob.isPattern(word);
      for (Path each : FileGlob.find(word)) {
        if (Files.isDirectory(each)) {
          entries.addAll(jarsIn ? jars(each) : List.of(each));
        } else if (named || each.toString().endsWith(JAR)) {
          entries.add(each);
        }
      }
    }
    libraries.add(entries, call);
    entries.forEach(each -> call.println("added " + each));
    return MagicResult.quiet(entries.stream().map(Path::toString).toList());
  }

  private static List<Path> jars(Path folder) throws MagicException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + JAR)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new MagicException("cannot read " + folder + ": " + e.getMessage(), e);
    }
    found.sort(null);
    return found;
  }
}
