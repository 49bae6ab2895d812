package org.rayshell.kernel.magic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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
  private final Predicate<String> names;
  private final Set<Run> running = ConcurrentHashMap.newKeySet();

  /**
   * No magics yet.
   *
   * @param java runs what is between them
   * @param names whether the session has a variable, method or class of that name: a line that
   *     begins with {@code !} and such a name is Java's
   */
  public Magics(Java java, Predicate<String> names) {
    this.java = java;
    this.names = names;
  }

  /** Adds a magic, or replaces the one of its name. */
  public void register(Magic magic) {
    magics.put(magic.name(), magic);
  }

  /** The one of that name; null if there is none. */
  Magic named(String name) {
    return magics.get(name);
  }

  /** Whether the session has a variable, method or class of that name. */
  Predicate<String> names() {
    return names;
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
    Run run = new Run(cell);
    running.add(run);
    try {
      return run.parts(code, listener);
    } finally {
      running.remove(run);
    }
  }

  /**
   * Runs one magic for Java of the cell that asks for its value.
   *
   * @param words the arguments
   * @param text the lines below a cell magic; empty for a line magic
   * @throws MagicException if it cannot do what it was asked
   */
  public MagicResult call(Magic.Form form, String name, List<String> words, String text, Cell cell)
      throws Exception {
    String raw = String.join(" ", words);
    String body = form == Magic.Form.CELL ? "\n" + text : raw;
    Run run = new Run(cell);
    running.add(run);
    try {
      return run.call(
          new CellScript.Part.Call(form, name, List.copyOf(words), raw, text, body),
          InvokeListener.NONE);
    } finally {
      running.remove(run);
    }
  }

  /** Ends the magics that run, from any thread; Java that they run is the evaluator's to end. */
  public void interrupt() {
    running.forEach(Run::interrupt);
  }

  /** The run of one cell. */
  private final class Run {
    private final Cell cell;
    // Guarded by this: the thread while it runs a magic itself, otherwise null.
    private Thread runner;
    private boolean interrupted;

    Run(Cell cell) {
      this.cell = cell;
    }

    MagicResult parts(String code, InvokeListener listener) throws Exception {
      MagicResult last = MagicResult.done();
      List<Engine.Payload> payload = new ArrayList<>();
      for (CellScript.Part part : CellScript.parse(code, names)) {
        if (isInterrupted()) {
          throw new InterruptedException();
        }
        last =
            part instanceof CellScript.Part.Java plain
                ? MagicResult.of(java.run(plain.code(), cell, listener))
                : call((CellScript.Part.Call) part, listener);
        payload.addAll(last.payload());
        if (!(last.result() instanceof EvalResult.Ok)) {
          break;
        }
      }
      return new MagicResult(last.result(), payload);
    }

    private MagicResult call(CellScript.Part.Call call, InvokeListener outer) throws Exception {
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
      MagicCall made =
          new MagicCall(
              call.name(),
              call.form(),
              call.words(),
              call.raw(),
              call.text(),
              call.body(),
              cell,
              (text, listener) -> nested(text, both(outer, listener)));
      Thread former = runs(Thread.currentThread());
      try {
        return magic.run(made);
      } finally {
        runs(former);
      }
    }

    private EvalResult nested(String code, InvokeListener listener) throws Exception {
      Thread former = runs(null);
      try {
        return isInterrupted() ? new EvalResult.Interrupted() : parts(code, listener).result();
      } finally {
        runs(former);
      }
    }

    private synchronized Thread runs(Thread thread) {
      Thread former = runner;
      runner = thread;
      return former;
    }

    private synchronized boolean isInterrupted() {
      return interrupted || cell.interrupted();
    }

    synchronized void interrupt() {
      interrupted = true;
      if (runner != null) {
        runner.interrupt();
      }
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
}
