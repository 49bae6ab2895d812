package org.rayshell.kernel.eval;

import com.sun.source.tree.Tree;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.SPIResolutionException;
import org.rayshell.kernel.hint.Hints;
import org.rayshell.kernel.hint.TextComparisons;

/**
 * The run of one cell: snippet after snippet is compiled, under the compiling lock, and run,
 * outside it.
 */
final class CellRun {
  /** What runs a snippet: a static method of its class. */
  static final String METHOD = "do_it$";

  private static final String END = "compiler.err.premature.eof";

  private static final Pattern HEAD =
      Pattern.compile(
          "(?s)(?:import|(?:(?:public|static|final|abstract|sealed|non-sealed)\\s+)*"
              + "(?:class|interface|enum|record|@interface)\\s)\\b?.*");

  private final SessionParts session;
  private final StopSignal stop;
  private final SourceCodeAnalysis analysis;
  private SealedFamilies families;

  /** The run of a cell that the signal ends. */
  CellRun(SessionParts session, StopSignal stop) {
    this.session = session;
    this.stop = stop;
    this.analysis = session.shell().sourceCodeAnalysis();
  }

  EvalResult run(String code, int cell, InvokeListener listener) {
    Problems problems = new Problems(code, new Hints(new SessionScope(session)));
    CellEffects effects = new CellEffects(session);
    try {
      List<Piece> pieces = CellSplitter.split(code, analysis);
      List<EvalResult.Problem> syntax = syntax(pieces, problems);
      if (!syntax.isEmpty()) {
        return new EvalResult.Rejected(syntax);
      }
      families = new SealedFamilies(session.shell(), pieces);
      addImports(pieces, new CellSources.Place(cell, 1), problems, effects);
      RemoteFunctions.Plan plan = session.functions().plan(pieces, problems);
      if (!plan.problems().isEmpty()) {
        return new EvalResult.Rejected(plan.problems());
      }
      session.results().declare(code);
      EvalResult result = EvalResult.Ok.NOTHING;
      boolean companions = plan.functions().isEmpty();
      for (int i = 0; i < pieces.size(); i++) {
        Piece piece = pieces.get(i);
        if (!companions && !HEAD.matcher(piece.source()).matches()) {
          companions = true;
          session.functions().declare(plan);
        }
        CellSources.Place place = place(cell, code, piece);
        tellOfComparisons(piece, place);
        List<EvalResult.Problem> assigned =
            session
                .finals()
                .assignedElsewhere(piece, pieces.subList(i + 1, pieces.size()), session, problems);
        result =
            assigned.isEmpty()
                ? run(piece, place, problems, effects, listener)
                : new EvalResult.Rejected(assigned);
        if (stop.requested()) {
          return new EvalResult.Interrupted();
        }
        if (result instanceof EvalResult.Rejected(List<EvalResult.Problem> own)) {
          List<EvalResult.Problem> all = new ArrayList<>(own);
          all.addAll(new FurtherProblems(session.shell(), problems).below(pieces, i));
          return new EvalResult.Rejected(all);
        }
        if (!(result instanceof EvalResult.Ok ok)) {
          return result;
        }
        if (ok.hasValue()) {
          Object shown = RefStream.of(ok.value(), piece.source().strip(), analysis);
          result = new EvalResult.Ok(true, shown);
          session.results().expression(cell, piece.source().strip());
        }
      }
      MainMethod.Call main = MainMethod.in(pieces);
      return main == null
          ? result
          : run(main, place(cell, code, main.declared()), problems, effects, listener);
    } finally {
      effects.settle();
    }
  }

  /** Imports what the cell names as completion has offered it, and tells so. */
  private void addImports(
      List<Piece> pieces, CellSources.Place place, Problems problems, CellEffects effects) {
    for (String each : session.offered().usedBy(pieces, session)) {
      Piece added = new Piece("import " + each + ";", 0, true, true);
      if (run(added, place, problems, effects, InvokeListener.NONE) instanceof EvalResult.Ok) {
        System.out.println(
            added.source() + " was added for this session: put it into a cell to keep it");
      }
    }
  }

  private List<Rewritten.Edit> edits(Piece piece) {
    List<Rewritten.Edit> ofFamily = families.edits(piece);
    return ofFamily.isEmpty() ? TryResources.edits(piece.source()) : ofFamily;
  }

  private static CellSources.Place place(int cell, String code, Piece piece) {
    int line = 1 + (int) code.substring(0, piece.start()).chars().filter(c -> c == '\n').count();
    return new CellSources.Place(cell, line);
  }

  private EvalResult run(
      MainMethod.Call main,
      CellSources.Place place,
      Problems problems,
      CellEffects effects,
      InvokeListener listener) {
    Piece call = new Piece(main.source(), main.declared().start(), true, true);
    return run(call, place, problems, effects, listener);
  }

  private static void tellOfComparisons(Piece piece, CellSources.Place place) {
    for (TextComparisons.Found each : TextComparisons.in(piece.source())) {
      String before = piece.source().substring(0, each.position());
      long line = place.line() + before.chars().filter(c -> c == '\n').count();
      System.err.println(
          "In ["
              + place.cell()
              + "], line "
              + line
              + ": == and != ask whether two strings are one object, not whether their texts are"
              + " the same: write "
              + each.remedy());
    }
  }

  private EvalResult run(
      Piece piece,
      CellSources.Place place,
      Problems problems,
      CellEffects effects,
      InvokeListener listener) {
    List<EvalResult.Problem> assigned = session.finals().assigned(piece, session.shell(), problems);
    if (!assigned.isEmpty()) {
      return new EvalResult.Rejected(assigned);
    }
    List<Rewritten.Edit> edits = edits(piece);
    Piece quick = edits.isEmpty() ? piece : piece.with(edits);
    Tree tree = null;
    // What is compiled that way tells no warnings.
    if (session.quick() != null && !session.options().warns()) {
      QuickSnippets.Loaded loaded = session.quick().guess(quick, place);
      if (loaded == null) {
        tree = session.quick().parse(quick);
        loaded = session.quick().load(quick, tree, place);
      }
      if (loaded != null) {
        return invoke(loaded.className(), loaded.hasValue(), listener);
      }
    }
    SnippetRun snippet = new SnippetRun(session, effects, piece, tree, place, problems, edits);
    EvalResult refusal = snippet.declare();
    if (refusal != null) {
      return refusal;
    }
    boolean hasValue = !piece.semicolon() && snippet.hasValue();
    EvalResult result = EvalResult.Ok.NOTHING;
    for (String each : snippet.invoked()) {
      result = invoke(each, hasValue, listener);
      if (!(result instanceof EvalResult.Ok)) {
        return result;
      }
    }
    return result;
  }

  private EvalResult invoke(String className, boolean hasValue, InvokeListener listener) {
    Method method;
    try {
      method = session.classes().loader().loadClass(className).getDeclaredMethod(METHOD);
      method.setAccessible(true);
    } catch (ReflectiveOperationException | LinkageError e) {
      return threw(e);
    }
    CellRunner.Outcome<Object> outcome;
    session.compiling().unlock();
    try {
      outcome = session.runner().run(stop, method, listener);
    } finally {
      session.compiling().lock();
    }
    if (outcome.stopped()) {
      return new EvalResult.Interrupted();
    }
    if (outcome.thrown() != null) {
      return threw(outcome.thrown());
    }
    return hasValue ? new EvalResult.Ok(true, outcome.value()) : EvalResult.Ok.NOTHING;
  }

  private EvalResult threw(Throwable thrown) {
    Throwable shown =
        thrown instanceof SPIResolutionException unresolved ? unresolved(unresolved) : thrown;
    return new EvalResult.Threw(shown, session.trace().rewrite(shown));
  }

  private Throwable unresolved(SPIResolutionException thrown) {
    String id = String.valueOf(thrown.id());
    Snippet snippet =
        session
            .shell()
            .snippets()
            .filter(each -> each.id().equals(id))
            .reduce((first, second) -> second)
            .orElse(null);
    if (!(snippet instanceof DeclarationSnippet declaration)) {
      return thrown;
    }
    UnresolvedNameException named =
        new UnresolvedNameException(Missing.sentence(session.shell(), declaration, ""));
    named.setStackTrace(thrown.getStackTrace());
    return named;
  }

  /** The errors of what does not parse. */
  private List<EvalResult.Problem> syntax(List<Piece> pieces, Problems problems) {
    for (Piece each : pieces) {
      int length = each.misplaced();
      if (length > 0) {
        return List.of(problems.at(each.start(), each.start() + length, each.whyMisplaced()));
      }
    }
    if (pieces.isEmpty() || pieces.getLast().whole()) {
      return List.of();
    }
    Piece rest = pieces.getLast();
    List<EvalResult.Problem> found = new ArrayList<>();
    for (Snippet each : analysis.sourceToSnippets(rest.source())) {
      List<Diag> errors = new ArrayList<>(session.shell().diagnostics(each).toList());
      // What comes after another error is its doing.
      errors.removeIf(error -> errors.getFirst() != error && error.getCode().equals(END));
      found.addAll(problems.of(rest, Rewritten.of(rest.source(), List.of()), errors));
    }
    return found.isEmpty() ? List.of(problems.unfinished(rest)) : found;
  }
}
