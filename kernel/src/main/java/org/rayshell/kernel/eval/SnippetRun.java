package org.rayshell.kernel.eval;

import com.sun.source.tree.Tree;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/** A snippet that JShell evaluates: any there is. */
final class SnippetRun {
  private final JShell shell;
  private final SnippetControl control;
  private final Variables variables;
  private final CellSources sources;
  private final CellEffects effects;
  private final VariableRepair repair;
  private final SourceCodeAnalysis analysis;
  private final Piece piece;
  private final Tree tree;
  private final Rewritten given;
  private final CellSources.Place place;
  private final Problems problems;
  private final boolean warns;
  private List<SnippetEvent> events = List.of();
  private List<String> invoked = List.of();

  /**
   * The run of a snippet.
   *
   * @param tree null if it is not known
   * @param edits what is to be changed in it, whatever it is
   */
  SnippetRun(
      SessionParts session,
      CellEffects effects,
      Piece piece,
      Tree tree,
      CellSources.Place place,
      Problems problems,
      List<Rewritten.Edit> edits) {
    this.shell = session.shell();
    this.control = session.control();
    this.variables = session.variables();
    this.sources = session.sources();
    this.effects = effects;
    this.repair = new VariableRepair(session, effects);
    this.analysis = shell.sourceCodeAnalysis();
    this.piece = piece;
    this.tree = tree;
    this.given = Rewriter.rewrite(piece.source(), analysis, edits);
    this.place = place;
    this.problems = problems;
    this.warns = session.options().warns();
  }

  /** Compiles and loads it, so that it can be run; null if that went well. */
  EvalResult.Rejected declare() {
    control.begin();
    try {
      List<EvalResult.Problem> doomed =
          new Redefinition(shell, piece, tree, given).problems(problems);
      if (!doomed.isEmpty()) {
        return new EvalResult.Rejected(doomed);
      }
      events = shell.eval(given.source());
      invoked = control.invoked();
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      freshCompiler();
      return refused("the compiler failed on this: " + e);
    }
    control.defined();
    events.forEach(this::note);
    Set<String> own = new HashSet<>();
    EvalResult.Rejected failure = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null) {
        continue;
      }
      if (event.snippet() instanceof VarSnippet variable) {
        own.add(variable.name());
      }
      if (failure == null) {
        failure = failure(event);
      }
      if (failure == null && warns) {
        tellWarnings(event.snippet());
      }
      if (failure == null && event.snippet().subKind() == SubKind.VAR_DECLARATION_SUBKIND) {
        variables.reset(((VarSnippet) event.snippet()).name());
      }
    }
    repair.mend(events, own);
    return failure;
  }

  private void tellWarnings(Snippet snippet) {
    for (EvalResult.Problem each :
        problems.warnings(piece, given, shell.diagnostics(snippet).toList())) {
      System.err.println(
          "In ["
              + place.cell()
              + "], line "
              + each.line()
              + ": warning: "
              + each.message()
              + "\n    "
              + each.sourceLine().strip());
    }
  }

  /** The classes, in order, whose {@link CellRun#METHOD} is to be run. */
  List<String> invoked() {
    return invoked;
  }

  /** Whether what it returns is the value of the snippet. */
  boolean hasValue() {
    Snippet last =
        events.stream()
            .filter(each -> each.causeSnippet() == null)
            .map(SnippetEvent::snippet)
            .reduce((first, second) -> second)
            .orElse(null);
    return switch (last) {
      case VarSnippet variable ->
          variable.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
              && !variable.typeName().equals("void");
      case ExpressionSnippet expression -> expression.subKind() == SubKind.VAR_VALUE_SUBKIND;
      case null, default -> false;
    };
  }

  private void note(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (event.causeSnippet() == null) {
      sources.origin(snippet.id(), place);
    }
    if (event.status().isDefined() && !(snippet instanceof ImportSnippet)) {
      sources.compiled(snippet.id(), analysis.wrapper(snippet));
    }
    effects.note(event);
  }

  private EvalResult.Rejected failure(SnippetEvent event) {
    if (event.status() == Status.REJECTED) {
      return rejected(event.snippet());
    }
    if (event.snippet() instanceof DeclarationSnippet declaration
        && event.status() != Status.VALID
        && shell.unresolvedDependencies(declaration).findAny().isEmpty()) {
      // Nothing to wait for: it will never compile, and would break what comes after it.
      EvalResult.Rejected result = rejected(declaration);
      effects.drop(declaration);
      freshCompiler();
      return result;
    }
    return null;
  }

  private EvalResult.Rejected rejected(Snippet snippet) {
    List<EvalResult.Problem> found = problems.of(piece, given, shell.diagnostics(snippet).toList());
    if (!found.isEmpty()) {
      return new EvalResult.Rejected(found);
    }
    Throwable refusal = control.refusal();
    return refused("this was refused" + (refusal == null ? " without a reason" : ": " + refusal));
  }

  private EvalResult.Rejected refused(String why) {
    return new EvalResult.Rejected(
        List.of(problems.at(piece.start(), piece.start() + piece.source().length(), why)));
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
}
