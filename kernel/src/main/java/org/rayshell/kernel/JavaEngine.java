package org.rayshell.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.rayshell.Ray;
import org.rayshell.kernel.assist.CompletenessCheck;
import org.rayshell.kernel.assist.Completer;
import org.rayshell.kernel.assist.Inspector;
import org.rayshell.kernel.bridge.RaySession;
import org.rayshell.kernel.channel.HeapReserve;
import org.rayshell.kernel.comm.Comms;
import org.rayshell.kernel.compat.Deadline;
import org.rayshell.kernel.compat.NotebookFunctions;
import org.rayshell.kernel.compat.NotebookKernel;
import org.rayshell.kernel.compat.StartupCell;
import org.rayshell.kernel.compat.StartupSettings;
import org.rayshell.kernel.display.Display;
import org.rayshell.kernel.display.Errors;
import org.rayshell.kernel.display.Fragment;
import org.rayshell.kernel.display.LiveDisplays;
import org.rayshell.kernel.display.RichValues;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.eval.Evaluator;
import org.rayshell.kernel.eval.ExitCalledException;
import org.rayshell.kernel.eval.TraceStream;
import org.rayshell.kernel.magic.MagicAssist;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.kernel.magic.MavenSources;
import org.rayshell.kernel.session.Cell;
import org.rayshell.kernel.session.CurrentCell;
import org.rayshell.kernel.session.Engine;
import org.rayshell.kernel.session.Handlers;
import org.rayshell.kernel.session.History;
import org.rayshell.kernel.session.MemoryHistory;
import org.rayshell.kernel.session.MimeBundle;
import org.rayshell.kernel.session.NotebookAddress;
import org.rayshell.kernel.session.SessionContext;
import org.rayshell.kernel.widget.WidgetUpdates;

/** Java in cells: magics, JShell, remote functions and the display of values. */
public final class JavaEngine implements Engine {
  private static final String VERSION = "0.1.0";
  private static final List<String> IMPORTS =
      Stream.of(
              "display.Display.display",
              "display.Display.updateDisplay",
              "display.Display.clearOutput",
              "display.Display.renderer",
              "comm.Comms.comms",
              // A cell's own methods of these names are to hide ours.
              "display.Input.*")
          .map(each -> "static org.rayshell.kernel." + each)
          .toList();

  private final LiveDisplays displays = new LiveDisplays();
  private final NotebookAddress notebook;
  private final LongSupplier frontEnds;
  private final History history;
  private final AtomicReference<ExitCalledException> exit = new AtomicReference<>();
  private volatile Evaluator evaluator;
  private volatile RaySession ray;
  private volatile Magics magics;
  private volatile Errors errors;
  private volatile MagicAssist magicAssist;
  private volatile Completer completer;
  private volatile Inspector inspector;
  private volatile CompletenessCheck completeness;
  private volatile StartupCell startup;
  private volatile Duration timeout;

  /** For no session: there are no comms. */
  public JavaEngine() {
    notebook = NotebookAddress.UNKNOWN;
    frontEnds = () -> 0;
    history = new MemoryHistory();
  }

  /** For the session. */
  public JavaEngine(SessionContext context) {
    Comms.offer(context.comms());
    notebook = context.notebook();
    frontEnds = context.frontEnds();
    history = context.history();
  }

  @Override
  public void start() {
    CompilerDirectives.add();
    Evaluator java = RaySession.evaluator();
    errors = new Errors(java.trace(), java::sourceLine);
    ray = new RaySession(java, displays, notebook, frontEnds);
    magics =
        new Magics(
            (code, cell, listener) -> java.eval(code, cell.count(), listener),
            name -> java.definitions().knows(name));
    MavenSources sources = new MavenSources();
    inspector = new Inspector(java, sources);
    StandardMagics.register(magics, java, ray, history, sources, inspector);
    java.addImports(IMPORTS);
    java.addImport(
        "static org.rayshell.kernel.display.RichValues.*", Set.of(RichValues.NAMES.split(" ")));
    java.addImport("org.rayshell.kernel.widget.api.*", Set.of("Widgets"));
    java.addImport(
        "static org.rayshell.kernel.compat.NotebookFunctions.*",
        Set.of(NotebookFunctions.NAMES.split(" ")));
    java.warmUp();
    System.setOut(TraceStream.over(System.out, java.trace()));
    System.setErr(TraceStream.over(System.err, java.trace()));
    magicAssist = new MagicAssist(magics);
    completer = new Completer(java);
    completeness = new CompletenessCheck(java);
    evaluator = java;
    Display.pictures(this::picture);
    Handlers.offer(this);
    ExitCalledException.tell(this::exit);
    NotebookFunctions.offer(new NotebookKernel(magics, this::runRegistered));
    begin(StartupSettings.of(System.getenv()));
  }

  /** What the environment asks for. */
  private void begin(StartupSettings settings) {
    timeout = settings.timeout();
    if (settings.cells().isEmpty() && settings.problems().isEmpty()) {
      return;
    }
    StartupCell cell = new StartupCell();
    startup = cell;
    settings.problems().forEach(each -> cell.stream(true, each + "\n"));
    CurrentCell.enter(cell);
    try {
      for (String each : settings.cells()) {
        if (run(each, cell) instanceof ExecuteResult.Failed failed) {
          cell.stream(true, String.join("\n", failed.traceback()) + "\n");
        }
        ray.leave(cell, false);
      }
    } finally {
      CurrentCell.leave();
    }
  }

  /** A magic that a cell has registered. */
  private MagicResult runRegistered(Cell cell, Callable<MagicResult> magic) {
    return evaluator.call(
        cell.count(),
        () -> {
          try {
            return magic.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  @Override
  public ExecuteResult execute(String code, Cell cell) {
    if (startup != null) {
      startup.appearUnder(cell);
    }
    ExecuteResult result = timeout == null ? run(code, cell) : runInTime(code, cell);
    ray.leave(cell, result instanceof ExecuteResult.Failed);
    return exit.get() == null ? result : exited();
  }

  @Override
  public void handle(String type, Cell cell, Runnable handler) {
    try {
      if (!runs(cell, handler)) {
        System.err.println("the handler of a " + type + " was interrupted");
      }
    } catch (RuntimeException | Error e) {
      HeapReserve.release(e);
      runs(cell, e::printStackTrace);
    }
  }

  /** As a cell runs; whether it ended by itself. */
  private boolean runs(Cell cell, Runnable work) {
    return evaluator.call(
            cell.count(),
            () -> {
              work.run();
              return true;
            })
        != null;
  }

  private ExecuteResult exited() {
    evaluator.trace().rewrite(exit.get());
    return errors.threw(exit.get());
  }

  /** A cell wants the kernel to end; whoever ends it waits for what the cell is answered. */
  private void exit(ExitCalledException called) {
    if (exit.compareAndSet(null, called)) {
      Thread.ofPlatform()
          .name("kernel-exit")
          .daemon()
          .inheritInheritableThreadLocals(false)
          .start(() -> System.exit(called.status()));
    }
  }

  private ExecuteResult runInTime(String code, Cell cell) {
    Deadline deadline = Deadline.in(timeout, this::interrupt);
    ExecuteResult result;
    try (deadline) {
      result = run(code, cell);
    }
    return deadline.passed() && result instanceof ExecuteResult.Failed
        ? Errors.message(
            "TimeoutException",
            cell.label()
                + " ran longer than timeout="
                + timeout.toMillis()
                + " ms of the kernel's environment, and was stopped")
        : result;
  }

  private ExecuteResult run(String code, Cell cell) {
    try {
      evaluator.begin(cell.count(), code);
      MagicResult ended = magics.execute(code, cell, ray.enter(cell));
      if (ended.result() instanceof EvalResult.Ok ok) {
        if (ok.hasValue() && !cell.silent()) {
          evaluator.results().keep(cell.count(), ok.value());
        }
        return ok.hasValue()
            ? attended(cell, () -> new ExecuteResult.Ok(shown(ok, cell), ended.payload()))
            : new ExecuteResult.Ok(null, ended.payload());
      }
      return failed(ended.result(), cell);
    } catch (InterruptedException e) {
      return interrupted(cell);
    } catch (MagicException e) {
      return Errors.message("MagicError", e.getMessage());
    } catch (Throwable e) {
      HeapReserve.release(e);
      return errors.threw(e);
    }
  }

  private ExecuteResult failed(EvalResult result, Cell cell) {
    return switch (result) {
      case EvalResult.Ok _ -> throw new IllegalArgumentException("nothing failed");
      case EvalResult.Threw threw -> {
        HeapReserve.release(threw.exception());
        yield attended(cell, () -> errors.threw(threw.exception(), threw.hidden()));
      }
      case EvalResult.Interrupted _ -> interrupted(cell);
      case EvalResult.Rejected rejected -> errors.rejected(rejected.problems(), cell.label());
    };
  }

  /** Texts of values and exceptions are user code, too. */
  private ExecuteResult attended(Cell cell, Supplier<ExecuteResult> work) {
    ExecuteResult result = evaluator.call(cell.count(), work);
    return result == null ? interrupted(cell) : result;
  }

  private ExecuteResult interrupted(Cell cell) {
    return errors.interrupted(cell.label(), ray.goingOn(cell));
  }

  /** What {@code execute_result} carries; null if there is nothing to publish or it is live. */
  private MimeBundle shown(EvalResult.Ok ok, Cell cell) {
    if (Display.isLatestId(cell, ok.value())) {
      return null;
    }
    if (cell.silent()) {
      return Display.rendering().render(ok.value());
    }
    Fragment fragment = ray.fragment(ok.value());
    if (fragment == null) {
      return Display.rendering().render(ok.value());
    }
    if (!Ray.displays()) {
      return MimeBundle.text(String.valueOf(fragment.draw(false).data().get("text/plain")));
    }
    fragment.settle();
    if (fragment.isFinal()) {
      return fragment.draw(false);
    }
    displays.show(cell, fragment);
    return null;
  }

  /** What {@code display} shows of it, as it is now and as it will be. */
  private String picture(Cell cell, Object value) {
    Fragment fragment = Ray.displays() ? ray.fragment(value) : null;
    if (fragment == null) {
      return null;
    }
    displays.show(cell, fragment);
    return fragment.displayId();
  }

  @Override
  public Completion complete(String code, int cursor) {
    Completion magic = magicAssist.complete(code, cursor);
    return magic != null ? magic : completer.complete(magicAssist.mask(code), cursor);
  }

  @Override
  public Inspection inspect(String code, int cursor, int detail) {
    String help = magicAssist.help(code, cursor);
    return help != null
        ? new Inspection(MimeBundle.text(help))
        : inspector.inspect(magicAssist.mask(code), cursor, detail);
  }

  @Override
  public Completeness isComplete(String code) {
    return magicAssist.completeness(code, () -> completeness.check(magicAssist.mask(code)));
  }

  @Override
  public void interrupt() {
    magics.interrupt();
    evaluator.stop();
  }

  @Override
  public KernelInfo info() {
    String java = Runtime.version().toString();
    return new KernelInfo(
        "rayshell",
        VERSION,
        "RayShell "
            + VERSION
            + ", Java "
            + java
            + ". Remote functions: @Remote; %lsmagic lists magics.",
        String.valueOf(Runtime.version().feature()),
        List.of(
            new HelpLink("Java API", "https://docs.oracle.com/en/java/javase/25/docs/api/"),
            new HelpLink("Ray Core", "https://docs.ray.io/en/latest/ray-core/walkthrough.html")));
  }

  @Override
  public void beforeIdle() {
    if (ray != null) {
      ray.flush();
    }
    displays.flush();
    // Outputs of widgets hold displays, too.
    WidgetUpdates.flush();
  }

  @Override
  public void close() {
    ExitCalledException.tell(_ -> {});
    NotebookFunctions.offer(null);
    Display.pictures(null);
    displays.close();
    WidgetUpdates.flush();
    Handlers.offer(null);
    Comms.offer(null);
    if (ray != null) {
      ray.close();
    }
    if (evaluator != null) {
      evaluator.close();
    }
  }
}
