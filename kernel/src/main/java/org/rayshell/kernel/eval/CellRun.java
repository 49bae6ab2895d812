package org.rayshell.kernel.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.rayshell.kernel.eval.SnippetParser.Declared;

/** The run of one cell. */
final class CellRun {
  private static final Pattern HEAD =
      Pattern.compile(
          "(?s)(?:import|(?:(?:public|static|final|abstract|sealed|non-sealed)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s)\\b?.*");

  private static final String NEVER_DEFINED = "$Never$Defined";

  /** What all errors begin with that a later definition may put right. */
  private static final String UNRESOLVED = "compiler.err.cant.resolve";

  private final JShell shell;
  private final SnippetControl control;
  private final Variables variables;
  private final RemoteFunctions functions;
  private final CellSources sources;
  private final CellTrace trace;
  private final StopSignal stop;
  private final SourceCodeAnalysis analysis;
  private final List<VarSnippet> temporaries = new ArrayList<>();
  private final Map<String, DeclarationSnippet> declared = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> lostTypes = new HashSet<>();

  CellRun(
      JShell shell,
      SnippetControl control,
      Variables variables,
      RemoteFunctions functions,
      CellSources sources,
      CellTrace trace,
      StopSignal stop) {
    this.shell = shell;
    this.control = control;
    this.variables = variables;
    this.functions = functions;
    this.sources = sources;
    this.trace = trace;
    this.stop = stop;
    this.analysis = shell.sourceCodeAnalysis();
  }

  EvalResult run(String code, int cell, InvokeListener listener) {
    Problems problems = new Problems(code);
    try {
      List<Piece> pieces = CellSplitter.split(code, analysis);
      List<EvalResult.Problem> syntax = syntax(pieces, problems);
      if (!syntax.isEmpty()) {
        return new EvalResult.Rejected(syntax);
      }
      RemoteFunctions.Plan plan = functions.plan(pieces, problems);
      if (!plan.problems().isEmpty()) {
        return new EvalResult.Rejected(plan.problems());
      }
      EvalResult result = new EvalResult.Ok(false, null, "");
      boolean companions = plan.functions().isEmpty();
      for (Piece piece : pieces) {
        if (stop.requested()) {
          return new EvalResult.Interrupted();
        }
        if (!companions && !HEAD.matcher(piece.source()).matches()) {
          companions = true;
          functions.declare(plan);
        }
        PieceRun run = new PieceRun(piece, code, cell, problems);
        control.begin(listener, run::place);
        result = run.run();
        if (!(result instanceof EvalResult.Ok)) {
          return result;
        }
      }
      return stop.requested() ? new EvalResult.Interrupted() : result;
    } finally {
      lostTypes.addAll(functions.reconcile());
      standIn();
      dropTemporaries();
      tellWhatIsMissing();
    }
  }

  /** The errors of what does not parse. */
  private List<EvalResult.Problem> syntax(List<Piece> pieces, Problems problems) {
    if (pieces.isEmpty() || pieces.getLast().whole()) {
      return List.of();
    }
    Piece rest = pieces.getLast();
    List<EvalResult.Problem> found = new ArrayList<>();
    for (Snippet each : analysis.sourceToSnippets(rest.source())) {
      found.addAll(
          problems.of(
              rest, Rewritten.of(rest.source(), List.of()), shell.diagnostics(each).toList()));
    }
    if (found.isEmpty()) {
      found.add(
          problems.at(
              rest.start(), rest.start() + rest.source().length(), "this is not complete Java"));
    }
    return found;
  }

  /**
   * JShell (25) fails to name any type, and takes Object instead, while it remembers the name of a
   * class that is no longer there. So such a name gets a class that waits for ever to be defined:
   * cells cannot use it, and may define it anew.
   */
  private void standIn() {
    for (String name : lostTypes) {
      if (shell.types().noneMatch(each -> each.name().equals(name))) {
        shell.eval("class " + name + " extends " + NEVER_DEFINED + " {}");
      }
    }
  }

  /** Whether the class only stands in for one that is gone. */
  static boolean isStandIn(Snippet snippet) {
    return snippet instanceof TypeDeclSnippet type && type.source().contains(NEVER_DEFINED);
  }

  private void dropTemporaries() {
    for (VarSnippet each : temporaries) {
      if (shell.status(each).isActive() && analysis.dependents(each).isEmpty()) {
        shell.drop(each);
        variables.drop(each.name());
      }
    }
  }

  /**
   * Lets JShell forget the compilers that it keeps for use again: one that failed while it wrote
   * classes fails on everything afterwards.
   */
  private void freshCompiler() {
    control.addsClassPath(false);
    try {
      shell.addToClasspath(Path.of(System.getProperty("java.home"), "no-classes").toString());
    } finally {
      control.addsClassPath(true);
    }
  }

  private void tellWhatIsMissing() {
    for (DeclarationSnippet each : declared.values()) {
      Status status = shell.status(each);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        System.err.println(
            (changed.contains(each.id()) ? "changed " : "created ")
                + name(each)
                + ", however, it cannot be "
                + used(each)
                + missing(each));
      }
    }
  }

  private static String name(DeclarationSnippet snippet) {
    return switch (snippet) {
      case MethodSnippet method -> "method " + method.name() + "(" + method.parameterTypes() + ")";
      case VarSnippet variable -> "variable " + variable.name();
      default -> "class " + snippet.name();
    };
  }

  private static String used(DeclarationSnippet snippet) {
    return switch (snippet) {
      case MethodSnippet _ -> "invoked";
      case VarSnippet _ -> "used";
      default -> "instantiated or its methods invoked";
    };
  }

  private String missing(DeclarationSnippet snippet) {
    List<String> names = shell.unresolvedDependencies(snippet).toList();
    return switch (names.size()) {
      case 0 ->
          shell
              .diagnostics(snippet)
              .filter(Diag::isError)
              .map(each -> ": " + each.getMessage(Locale.ENGLISH).strip())
              .findFirst()
              .orElse(" as it is");
      case 1 -> " until " + names.get(0) + " is declared";
      default ->
          " until "
              + String.join(", ", names.subList(0, names.size() - 1))
              + " and "
              + names.getLast()
              + " are declared";
    };
  }

  /** The run of one snippet. */
  private final class PieceRun {
    private final Piece piece;
    private final Rewritten given;
    private final int cell;
    private final int firstLine;
    private final Problems problems;
    private final long known;

    PieceRun(Piece piece, String code, int cell, Problems problems) {
      this.piece = piece;
      this.given = Rewriter.rewrite(piece.source(), analysis);
      this.cell = cell;
      this.firstLine =
          1 + (int) code.substring(0, piece.start()).chars().filter(c -> c == '\n').count();
      this.problems = problems;
      this.known = shell.snippets().count();
    }

    /** Lets traces that the code prints while it runs name its place. */
    void place() {
      shell
          .snippets()
          .skip(known)
          .filter(each -> !(each instanceof ImportSnippet) && shell.status(each).isDefined())
          .forEach(each -> {
            sources.origin(each.id(), new CellSources.Place(cell, firstLine));
            sources.compiled(each.id(), analysis.wrapper(each));
          });
    }

    EvalResult run() {
      List<SnippetEvent> events;
      try {
        List<EvalResult.Problem> doomed = problemsOfRedefinition();
        if (!doomed.isEmpty()) {
          return new EvalResult.Rejected(doomed);
        }
        events = shell.eval(given.source());
      } catch (IllegalStateException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        freshCompiler();
        return refused("the compiler failed on this: " + e);
      }
      events.forEach(this::note);
      Set<String> lost = variables.takeLost();
      for (SnippetEvent event : events) {
        if (event.causeSnippet() != null) {
          continue;
        }
        if (event.snippet() instanceof VarSnippet variable) {
          lost.remove(variable.name());
        }
        EvalResult failure = failure(event);
        if (failure != null) {
          return failure;
        }
        if (event.snippet().subKind() == SubKind.VAR_DECLARATION_SUBKIND) {
          variables.reset(((VarSnippet) event.snippet()).name());
        }
      }
      lost.forEach(name ->
          System.err.println(
              "variable " + name + " was reset: its value is of a type that was replaced"));
      return events.isEmpty() ? new EvalResult.Ok(false, null, "") : value(events);
    }

    /**
     * The errors of a new definition of what there is. JShell would drop the former one, with all
     * that depends on it, before it finds them; so it is tried first.
     */
    private List<EvalResult.Problem> problemsOfRedefinition() {
      if (!redefines()) {
        return List.of();
      }
      List<Diag> errors = new ArrayList<>();
      boolean mayWait = true;
      for (Snippet each : analysis.sourceToSnippets(given.source())) {
        mayWait &= !(each instanceof VarSnippet);
        shell.diagnostics(each).filter(Diag::isError).forEach(errors::add);
      }
      return mayWait && errors.stream().allMatch(each -> each.getCode().startsWith(UNRESOLVED))
          ? List.of()
          : problems.of(piece, given, errors);
    }

    private boolean redefines() {
      return switch (SnippetParser.declared(piece.source())) {
        case Declared.Function(RemoteMethod method) -> isDefined(shell.methods(), method.name());
        case Declared.Method(String name) -> isDefined(shell.methods(), name);
        case Declared.Type(String name, _, _) ->
            isDefined(shell.types().filter(each -> !isStandIn(each)), name);
        case Declared.Variable(String name, _, _) -> isDefined(shell.variables(), name);
        case Declared.Other() -> false;
      };
    }

    private static boolean isDefined(Stream<? extends PersistentSnippet> snippets, String name) {
      return snippets.anyMatch(each -> each.name().equals(name));
    }

    private void note(SnippetEvent event) {
      Snippet snippet = event.snippet();
      if (snippet instanceof TypeDeclSnippet type && !event.status().isActive()) {
        lostTypes.add(type.name());
      }
      if (event.causeSnippet() == null) {
        sources.origin(snippet.id(), new CellSources.Place(cell, firstLine));
      }
      if (event.status().isDefined() && !(snippet instanceof ImportSnippet)) {
        sources.compiled(snippet.id(), analysis.wrapper(snippet));
      }
      if (event.causeSnippet() == null) {
        if (snippet instanceof VarSnippet variable
            && snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
          temporaries.add(variable);
        } else if (snippet instanceof DeclarationSnippet definition) {
          declared.put(snippet.id(), definition);
        }
      } else if (snippet instanceof DeclarationSnippet definition
          && event.previousStatus() == Status.VALID
          && !functions.isCompanion(snippet)) {
        declared.put(snippet.id(), definition);
        changed.add(snippet.id());
      }
    }

    private EvalResult failure(SnippetEvent event) {
      if (event.status() == Status.REJECTED) {
        return rejected(event.snippet());
      }
      if (stop.requested()) {
        return new EvalResult.Interrupted();
      }
      if (event.snippet() instanceof DeclarationSnippet declaration
          && event.status() != Status.VALID
          && shell.unresolvedDependencies(declaration).findAny().isEmpty()) {
        // Nothing to wait for: it will never compile, and would break what comes after it.
        EvalResult result = rejected(declaration);
        shell.drop(declaration);
        if (declaration instanceof TypeDeclSnippet type) {
          lostTypes.add(type.name());
        }
        freshCompiler();
        return result;
      }
      if (event.exception() instanceof UnresolvedReferenceException unresolved) {
        DeclarationSnippet snippet = unresolved.getSnippet();
        UnresolvedNameException thrown =
            new UnresolvedNameException(
                name(snippet) + " cannot be " + used(snippet) + missing(snippet));
        Throwable raw = control.thrown();
        thrown.setStackTrace(raw == null ? thrown.getStackTrace() : raw.getStackTrace());
        return threw(thrown);
      }
      if (event.exception() != null) {
        return threw(control.thrown() == null ? event.exception() : control.thrown());
      }
      return null;
    }

    private EvalResult threw(Throwable thrown) {
      trace.rewrite(thrown);
      return new EvalResult.Threw(thrown);
    }

    private EvalResult rejected(Snippet snippet) {
      List<Diag> diagnostics = shell.diagnostics(snippet).toList();
      List<EvalResult.Problem> found = problems.of(piece, given, diagnostics);
      if (!found.isEmpty()) {
        return new EvalResult.Rejected(found);
      }
      Throwable thrown = control.thrown();
      return refused("this was refused" + (thrown == null ? " without a reason" : ": " + thrown));
    }

    private EvalResult refused(String why) {
      return new EvalResult.Rejected(
          List.of(problems.at(piece.start(), piece.start() + piece.source().length(), why)));
    }

    private EvalResult value(List<SnippetEvent> events) {
      SnippetEvent last =
          events.stream()
              .filter(each -> each.causeSnippet() == null)
              .reduce((first, second) -> second)
              .orElse(null);
      if (last == null || piece.semicolon()) {
        return new EvalResult.Ok(false, null, "");
      }
      SubKind kind = last.snippet().subKind();
      String type =
          switch (last.snippet()) {
            case VarSnippet variable when kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND ->
                variable.typeName();
            case ExpressionSnippet expression when kind == SubKind.VAR_VALUE_SUBKIND ->
                expression.typeName();
            default -> "";
          };
      return type.isEmpty() || type.equals("void")
          ? new EvalResult.Ok(false, null, "")
          : new EvalResult.Ok(true, control.value(), type);
    }
  }
}
