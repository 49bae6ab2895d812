package org.rayshell.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rayshell.kernel.eval.ClassPreparation;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.MemoryHistory;
import org.rayshell.kernel.session.MimeBundle;

/** Cells with magics, in this process: a session without workers. For one thread. */
final class MagicCells implements AutoCloseable {
  final Evaluator java = new Evaluator(ClassPreparation.NONE, MagicCells.class.getClassLoader());
  final MemoryHistory history = new MemoryHistory();
  final Magics magics;
  final MagicAssist assist;

  /** What is known of expressions. */
  Map<String, String> documented = Map.of();

  /** What the person answers who is asked; null if nobody can be. */
  String answer;

  final MavenSources sources =
      new MavenSources(
          Path.of(System.getProperty("user.home"), ".m2", "settings.xml"), Runnable::run);

  private int count;

  MagicCells() {
    magics =
        new Magics(
            (code, cell, listener) -> java.eval(code, cell.count(), listener),
            name -> java.definitions().knows(name));
    JavaMagics.register(
        magics,
        java,
        _ -> {},
        history,
        sources,
        (name, source) ->
            documented.containsKey(name)
                ? MimeBundle.text(documented.get(name) + (source ? "" : " in short"))
                : null);
    assist = new MagicAssist(magics);
  }

  /** What a cell has printed and shown. */
  final class Shown implements Cell {
    private final int number = ++count;
    final StringBuffer out = new StringBuffer();
    final StringBuffer err = new StringBuffer();
    final List<MimeBundle> displays = new ArrayList<>();
    String asked;
    EvalResult result;

    /** What the last display is in that type. */
    String shown(String mimeType) {
      return String.valueOf(displays.getLast().data().get(mimeType));
    }

    /** The value of the cell. */
    Object value() {
      return assertInstanceOf(EvalResult.Ok.class, result).value();
    }

    @Override
    public int count() {
      return number;
    }

    @Override
    public boolean silent() {
      return false;
    }

    @Override
    public void stream(boolean stderr, String text) {
      (stderr ? err : out).append(text);
    }

    @Override
    public void display(MimeBundle bundle, String displayId) {
      displays.add(bundle);
    }

    @Override
    public void updateDisplay(MimeBundle bundle, String displayId) {
      displays.add(bundle);
    }

    @Override
    public void clearOutput(boolean wait) {}

    @Override
    public String input(String prompt, boolean password) throws IOException {
      asked = prompt;
      if (answer == null) {
        throw new IOException("nobody is there");
      }
      return answer;
    }
  }

  /** Runs a cell, which then is in the history. */
  Shown run(String code) throws Exception {
    Shown cell = new Shown();
    java.begin(cell.count(), code);
    try {
      cell.result = magics.execute(code, cell, InvokeListener.NONE).result();
    } finally {
      history.add(cell.count(), code, null);
    }
    return cell;
  }

  /** Runs a cell that is to succeed. */
  Shown ok(String code) throws Exception {
    Shown cell = run(code);
    assertInstanceOf(EvalResult.Ok.class, cell.result, () -> code + "\n" + cell.result);
    return cell;
  }

  /** What a cell with magics prints. */
  String out(String code) throws Exception {
    return ok(code).out.toString();
  }

  /** The message of the magic's error. */
  String error(String code) {
    return assertThrows(MagicException.class, () -> run(code)).getMessage();
  }

  /** The texts that complete the code at its end. */
  List<String> completions(String code) {
    return assist.complete(code, code.length()).matches().stream()
        .map(each -> each.text())
        .toList();
  }

  @Override
  public void close() {
    java.close();
  }
}
