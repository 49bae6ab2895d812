package org.rayshell.kernel.eval;

import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * Keeps variables whose definition is compiled anew, because of what another cell defines or
 * imports, and no longer fits: its first value would be of another type now, or its type's name
 * stands for another type. The variable is what counts, not how it once got its value. Guarded by
 * the compiling lock.
 */
final class VariableRepair {
  private final JShell shell;
  private final Variables variables;
  private final CellEffects effects;

  VariableRepair(SessionParts session, CellEffects effects) {
    this.shell = session.shell();
    this.variables = session.variables();
    this.effects = effects;
  }

  /**
   * Mends what a snippet has done to variables of others.
   *
   * @param events of the snippet
   * @param own names of the variables that it defines
   */
  void mend(List<SnippetEvent> events, Set<String> own) {
    for (SnippetEvent each : events) {
      if (each.causeSnippet() != null
          && each.snippet() instanceof VarSnippet variable
          && variable.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND
          && !own.contains(variable.name())
          && each.previousStatus() == Status.VALID
          && shell.status(variable) != Status.VALID
          && shell.status(variable).isActive()) {
        withoutValue(variable);
      }
    }
    for (Map.Entry<String, Variables.Lost> each : variables.takeLost().entrySet()) {
      String name = each.getKey();
      if (!own.contains(name) && !restored(name, each.getValue()) && !Results.isName(name)) {
        System.err.println(
            "variable " + name + " was reset: its value is of a type that was replaced");
      }
    }
  }

  /** Defines it by its type alone; its value moves along if it is of that type. */
  private void withoutValue(VarSnippet variable) {
    String type = variables.type(variable.name());
    define(type == null ? variable.typeName() : type, variable.name());
  }

  /** Defines it of the type that it had, and with its value; false if cells have that type. */
  private boolean restored(String name, Variables.Lost lost) {
    if (lost.type() == null) {
      return false;
    }
    variables.drop(name);
    return define(lost.type(), name) && variables.set(name, lost.value());
  }

  private boolean define(String type, String name) {
    boolean valid = false;
    for (SnippetEvent each : shell.eval(type + " " + name + ";")) {
      Snippet snippet = each.snippet();
      effects.note(each);
      valid |=
          each.causeSnippet() == null
              && snippet instanceof VarSnippet
              && each.status() == Status.VALID;
    }
    return valid;
  }
}
