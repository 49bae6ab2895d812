package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;

/** {@code %load FILE}: runs a file, or a notebook's cells, as if they stood in the cell. */
final class LoadMagic implements Magic {
  private static final String NOTEBOOK = ".ipynb";
  private static final List<String> ENDINGS = List.of("", ".java", ".jsh", ".jshell", ".ijava");

  @Override
  public String name() {
    return "load";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%load FILE";
  }

  @Override
  public String summary() {
    return "runs a file of Java, or the cells of a notebook; .java or .jsh may be left out";
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.isEmpty();
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.words().size() != 1) {
      throw new MagicException("%load takes one file: words=" + call.words().size());
    }
    EvalResult result = MagicResult.done().result();
    for (String each : cells(find(call.words().getFirst()))) {
      result = call.java().run(each, InvokeListener.NONE);
      if (!(result instanceof EvalResult.Ok)) {
        break;
      }
    }
    return MagicResult.of(result);
  }

  private static List<String> cells(List<Path> files) throws MagicException {
    List<String> cells = new ArrayList<>();
    for (Path each : files) {
      String text = TextFile.read(each);
      if (each.toString().endsWith(NOTEBOOK)) {
        cells.addAll(NotebookCode.cells(text, each));
      } else {
        cells.add(withoutPackage(text));
      }
    }
    return cells;
  }

  private static List<Path> find(String name) throws MagicException {
    for (String ending : ENDINGS) {
      Path file = UserPath.of(name + ending);
      if (Files.isRegularFile(file)) {
        return List.of(file);
      }
    }
    if (FileGlob.isPattern(name)) {
      return FileGlob.find(name).stream().filter(Files::isRegularFile).toList();
    }
    throw new MagicException("there is no such file: " + UserPath.of(name).toAbsolutePath());
  }

  /** JShell knows no packages; the line stays, so that line numbers do. */
  private static String withoutPackage(String code) {
    return code.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", "");
  }
}
