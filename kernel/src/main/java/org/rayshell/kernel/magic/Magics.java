package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.InvokeListener;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.Engine;

/** The magics of a session, and the running of cells that have some. Thread-safe. */
public final class Magics {
  /** Runs Java without magics. */
  @FunctionalInterface
  public interface Java {
    /** As the evaluator does. */
    EvalResult run(String code, Cell cell, InvokeListener listener);
  }

  private final Map<String, Magic> magics = new ConcurrentHashMap<>();
  private final Java java;
  private volatile Thread runner;
  private volatile boolean interrupted;

  /** No magics yet; {@code java} runs what is between them. */
  public Magics(Java java) {
    this.java = java;
  }

  /** Adds a magic, or replaces the one of its name. */
  public void register(Magic magic) {
    magics.put(magic.name(), magic);
  }

  /** All of them by name. */
  public Collection<Magic> all() {
    return new TreeMap<>(magics).values();
  }

  /**
   * Runs a cell part by part; ends with the first part that fails. The result is the last part's.
   *
   * @param listener told around each invocation of user code
   * @throws MagicException if a magic cannot do what it was asked
   */
  public MagicResult execute(String code, Cell cell, InvokeListener listener) throws Exception {
    interrupted = false;
    try {
      return run(code, cell, listener);
    } finally {
      runner = null;
    }
  }

  private MagicResult run(String code, Cell cell, InvokeListener listener) throws Exception {
    MagicResult last = MagicResult.done();
    List<Engine.Payload> payload = new ArrayList<>();
    for (CellScript.Part part : CellScript.parse(code)) {
      if (interrupted) {
        throw new InterruptedException();
      }
      last =
          switch (part) {
            case CellScript.Part.Java(String text) ->
                MagicResult.of(java.run(text, cell, listener));
            case CellScript.Part.Call call -> call(call, cell, listener);
          };
      payload.addAll(last.payload());
      if (!(last.result() instanceof EvalResult.Ok)) {
        break;
      }
    }
    return new MagicResult(last.result(), payload);
  }

  private MagicResult call(CellScript.Part.Call call, Cell cell, InvokeListener outer)
      throws Exception {
    Magic magic = magics.get(call.name());
    if (magic == null) {
      throw new MagicException(unknown(call));
    }
    if (!magic.forms().contains(call.form())) {
      throw new MagicException(
          (call.form() == Magic.Form.CELL ? "%%" : "%")
              + call.name()
              + " cannot be written so; write "
              + magic.usage());
    }
    runner = Thread.currentThread();
    MagicCall made =
        new MagicCall(
            call.name(),
            call.form(),
            call.words(),
            call.raw(),
            call.body(),
            cell,
            (text, listener) -> nested(text, cell, both(outer, listener)));
    return magic.run(made);
  }

  private EvalResult nested(String code, Cell cell, InvokeListener listener) throws Exception {
    runner = null;
    try {
      return interrupted ? new EvalResult.Interrupted() : run(code, cell, listener).result();
    } finally {
      runner = Thread.currentThread();
    }
  }

  private static InvokeListener both(InvokeListener outer, InvokeListener inner) {
    if (outer == InvokeListener.NONE || inner == InvokeListener.NONE) {
      return outer == InvokeListener.NONE ? inner : outer;
    }
    return new InvokeListener() {
      @Override
      public void before() {
        outer.before();
        inner.before();
      }

      @Override
      public void after() {
        inner.after();
        outer.after();
      }
    };
  }

  private String unknown(CellScript.Part.Call call) {
    String percent = call.form() == Magic.Form.CELL ? "%%" : "%";
    List<String> near = near(call.name(), magics.keySet());
    return "there is no magic "
        + percent
        + call.name()
        + (near.isEmpty()
            ? ""
            : "; did you mean "
                + near.stream().map(each -> percent + each).collect(Collectors.joining(" or "))
                + "?")
        + "; %lsmagic lists them all";
  }

  /** The names that the given one may be a slip of, the nearest first. */
  public static List<String> near(String name, Collection<String> names) {
    return names.stream()
        .filter(each -> distance(name, each) <= Math.max(1, Math.min(2, each.length() / 2)))
        .sorted(
            Comparator.comparingInt((String each) -> distance(name, each)).thenComparing(e -> e))
        .limit(3)
        .toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** Ends a magic that runs, from any thread; Java that it runs is the evaluator's to end. */
  public void interrupt() {
    interrupted = true;
    Thread thread = runner;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
