package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.rayshell.kernel.hint.Hints;

/**
 * What a cell has done to the session so far, and what is to be done about it when it ends. Guarded
 * by the compiling lock.
 */
final class CellEffects {
  private static final String NEVER_DEFINED = "$Never$Defined";

  private final JShell shell;
  private final Variables variables;
  private final RemoteFunctions functions;
  private final SessionClasses classes;
  private final FinalVariables finals;
  private final Hints hints;
  private final List<VarSnippet> temporaries = new ArrayList<>();
  private final Map<String, DeclarationSnippet> declared = new LinkedHashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> lostTypes = new HashSet<>();

  CellEffects(SessionParts session) {
    shell = session.shell();
    variables = session.variables();
    functions = session.functions();
    classes = session.classes();
    finals = session.finals();
    hints = new Hints(new SessionScope(session));
  }

  /** A snippet was evaluated, or another for its sake. */
  void note(SnippetEvent event) {
    Snippet snippet = event.snippet();
    if (snippet instanceof TypeDeclSnippet type && !event.status().isActive()) {
      lostTypes.add(type.name());
    }
    if (event.status().isDefined() && !(snippet instanceof PersistentSnippet)) {
      // What runs once is no one's to name.
      release(snippet);
    }
    if (event.causeSnippet() == null) {
      if (snippet instanceof VarSnippet variable
          && snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
        temporaries.add(variable);
      } else if (snippet instanceof DeclarationSnippet definition) {
        declared.put(snippet.id(), definition);
        if (snippet instanceof VarSnippet variable && event.status().isActive()) {
          finals.declared(variable);
        } else if (snippet instanceof TypeDeclSnippet type && event.status().isActive()) {
          replaceImport(type.name());
        }
      }
    } else if (snippet instanceof DeclarationSnippet definition
        && event.previousStatus() == Status.VALID
        && !functions.isCompanion(snippet)) {
      declared.put(snippet.id(), definition);
      changed.add(snippet.id());
    }
  }

  /** The name means what was defined last: beside an import of it, it would mean nothing. */
  private void replaceImport(String name) {
    List<ImportSnippet> same =
        shell.imports().filter(each -> !each.isStatic() && each.name().equals(name)).toList();
    for (ImportSnippet each : same) {
      shell.drop(each).forEach(this::note);
    }
  }

  /** A definition that will never compile goes again. */
  void drop(DeclarationSnippet snippet) {
    release(snippet);
    shell.drop(snippet);
    if (snippet instanceof TypeDeclSnippet type) {
      lostTypes.add(type.name());
    }
  }

  private void release(Snippet snippet) {
    classes.release(shell.sourceCodeAnalysis().wrapper(snippet).fullClassName());
  }

  /** The cell has ended. */
  void settle() {
    lostTypes.addAll(functions.reconcile());
    standIn();
    dropTemporaries();
    tellWhatIsMissing();
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
      if (shell.status(each).isActive() && shell.sourceCodeAnalysis().dependents(each).isEmpty()) {
        release(each);
        shell.drop(each);
        variables.drop(each.name());
      }
    }
  }

  private void tellWhatIsMissing() {
    for (DeclarationSnippet each : declared.values()) {
      Status status = shell.status(each);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        System.err.println(
            (changed.contains(each.id()) ? "changed " : "created ")
                + Missing.sentence(shell, each, ", however, it"));
        shell.unresolvedDependencies(each).forEach(this::hint);
      }
    }
  }

  private void hint(String missing) {
    String hint = hints.ofMissing(missing);
    if (!hint.isEmpty()) {
      System.err.println("  " + missing + ": " + hint);
    }
  }
}
