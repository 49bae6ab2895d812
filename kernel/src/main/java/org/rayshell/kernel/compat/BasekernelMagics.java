package org.rayshell.kernel.compat;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.rayshell.kernel.magic.Magic;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicResult;

/**
 * basekernel's registry of magics: what is registered here is a magic of the session. Thread-safe.
 */
final class BasekernelMagics extends Magics {
  private final org.rayshell.kernel.magic.Magics magics;
  private final NotebookKernel.UserCode userCode;
  private final Map<String, Registered> registered = new ConcurrentHashMap<>();

  BasekernelMagics(org.rayshell.kernel.magic.Magics magics, NotebookKernel.UserCode userCode) {
    this.magics = magics;
    this.userCode = userCode;
  }

  @Override
  public void registerLineMagic(String name, LineMagicFunction<?> function) {
    register(name, function, null);
  }

  @Override
  public void registerCellMagic(String name, CellMagicFunction<?> function) {
    register(name, null, function);
  }

  @Override
  public <T extends LineMagicFunction<?> & CellMagicFunction<?>> void registerLineCellMagic(
      String name, T function) {
    register(name, function, function);
  }

  private void register(String name, LineMagicFunction<?> line, CellMagicFunction<?> cell) {
    magics.register(
        registered.merge(
            name,
            new Registered(name, line, cell, userCode),
            (old, added) ->
                new Registered(
                    name,
                    line == null ? old.line : line,
                    cell == null ? old.cell : cell,
                    userCode)));
  }

  @Override
  public <T> T applyLineMagic(String name, List<String> arguments) {
    return NotebookFunctions.lineMagic(name, arguments);
  }

  @Override
  public <T> T applyCellMagic(String name, List<String> arguments, String body) {
    return NotebookFunctions.cellMagic(name, arguments, body);
  }

  /**
   * A magic that a cell has registered.
   *
   * @param line null if it has no line form
   * @param cell null if it has no cell form
   */
  private record Registered(
      String name,
      LineMagicFunction<?> line,
      CellMagicFunction<?> cell,
      NotebookKernel.UserCode userCode)
      implements Magic {
    @Override
    public Set<Form> forms() {
      EnumSet<Form> forms = EnumSet.noneOf(Form.class);
      if (line != null) {
        forms.add(Form.LINE);
      }
      if (cell != null) {
        forms.add(Form.CELL);
      }
      return forms;
    }

    @Override
    public String usage() {
      List<String> ways = new ArrayList<>();
      if (line != null) {
        ways.add("%" + name + " ARGUMENT...");
      }
      if (cell != null) {
        ways.add("%%" + name + " ARGUMENT...");
      }
      return String.join(" or ", ways);
    }

    @Override
    public String summary() {
      return "registered by a cell";
    }

    @Override
    public boolean bodyIsJava() {
      return false;
    }

    @Override
    public MagicResult run(MagicCall call) throws Exception {
      Callable<MagicResult> work =
          () -> {
            List<String> words = new ArrayList<>(call.words());
            Object value =
                call.form() == Form.LINE ? line.execute(words) : cell.execute(words, call.text());
            return value == null ? MagicResult.done() : MagicResult.value(value);
          };
      MagicResult result = userCode.run(call.cell(), work);
      if (result == null) {
        throw new InterruptedException();
      }
      return result;
    }
  }
}
