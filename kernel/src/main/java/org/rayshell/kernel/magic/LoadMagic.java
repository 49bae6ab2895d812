package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;

/** {@code %load FILE}: runs a file as if it stood in the cell. */
final class LoadMagic implements Magic {
  private static final List<String> ENDINGS = List.of("", ".java", ".jsh", ".jshell");

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
    return "runs a file of Java; .java or .jsh may be left out";
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
    Path file = find(call.words().getFirst());
    String code = TextFile.read(file);
    EvalResult result = call.java().run(withoutPackage(code), InvokeListener.NONE);
    return MagicResult.of(result);
  }

  private static Path find(String name) throws MagicException {
    for (String ending : ENDINGS) {
      Path file = UserPath.of(name + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new MagicException("there is no such file: " + UserPath.of(name).toAbsolutePath());
  }

  /** JShell knows no packages; the line stays, so that line numbers do. */
  private static String withoutPackage(String code) {
    return code.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", "");
  }
}
