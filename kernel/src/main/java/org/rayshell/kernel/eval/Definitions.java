package org.rayshell.kernel.eval;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import jdk.jshell.ErroneousSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * What the cells of a session have defined. Thread-safe: asks under the compiling lock, so it waits
 * for a cell that is being compiled, and not for one that runs.
 */
public final class Definitions {
  private final SessionParts session;
  private final JShell shell;

  Definitions(SessionParts session) {
    this.session = session;
    this.shell = session.shell();
  }

  /**
   * A variable as it is now.
   *
   * @param type as it is written in cells
   * @param value null also if the variable is not there yet, since its type is not
   */
  public record Variable(String name, String type, Object value) {}

  /** The variables by name. */
  public List<Variable> variables() {
    return locked(() ->
        declared(shell.variables())
            .map(each ->
                new Variable(each.name(), each.typeName(), session.variables().value(each.name())))
            .sorted(Comparator.comparing(Variable::name))
            .toList());
  }

  /**
   * Takes all variables away, so that what they held can be collected. What reads them waits until
   * they are defined again, which is told on stderr.
   *
   * @return how many there were
   */
  public int dropVariables() {
    return locked(() -> {
      List<VarSnippet> all = declared(shell.variables()).toList();
      CellEffects effects = new CellEffects(session);
      for (VarSnippet each : all) {
        session.classes().release(shell.sourceCodeAnalysis().wrapper(each).fullClassName());
        for (SnippetEvent event : shell.drop(each)) {
          effects.note(event);
        }
        session.variables().drop(each.name());
      }
      effects.settle();
      session.control().defined();
      return all.size();
    });
  }

  /** The methods in the order of their definition: {@code int twice(int)}. */
  public List<String> methods() {
    return locked(() ->
        declared(shell.methods())
            .map(each -> {
              String types = each.signature();
              int result = types.lastIndexOf(')') + 1;
              return types.substring(result) + " " + each.name() + types.substring(0, result);
            })
            .toList());
  }

  /** The classes in the order of their definition: {@code record Point}. */
  public List<String> types() {
    return locked(
        () -> declared(shell.types()).map(each -> kind(each) + " " + each.name()).toList());
  }

  private static String kind(TypeDeclSnippet type) {
    return switch (type.subKind()) {
      case INTERFACE_SUBKIND -> "interface";
      case ENUM_SUBKIND -> "enum";
      case RECORD_SUBKIND -> "record";
      case ANNOTATION_TYPE_SUBKIND -> "@interface";
      default -> "class";
    };
  }

  /** The imports, those that every cell has first: {@code static java.util.Map.*}. */
  public List<String> imports() {
    return locked(() -> new SessionScope(session).imports());
  }

  /** What all that is defined is imported by: {@code REPL.$JShell$1.twice}. */
  List<String> places() {
    return locked(() ->
        shell
            .snippets()
            .filter(each ->
                each instanceof PersistentSnippet
                    && !(each instanceof ErroneousSnippet || each instanceof ImportSnippet)
                    && shell.status(each).isDefined())
            .map(PersistentSnippet.class::cast)
            .map(each ->
                shell.sourceCodeAnalysis().wrapper(each).fullClassName() + "." + each.name())
            .distinct()
            .toList());
  }

  /** The names of all that is defined, functions' companions too. */
  public List<String> names() {
    return locked(() ->
        shell
            .snippets()
            .filter(each -> each instanceof PersistentSnippet && !(each instanceof ImportSnippet))
            .filter(each -> shell.status(each).isDefined())
            .map(each -> ((PersistentSnippet) each).name())
            .distinct()
            .toList());
  }

  /** Whether a variable, a method or a class of the session has that name. */
  public boolean knows(String name) {
    return locked(() -> named(name).findAny().isPresent());
  }

  /**
   * The sources of what the session has defined by that name, the latest first; each with the
   * comment that documents it in its cell.
   */
  public List<String> sources(String name) {
    return locked(() ->
        named(name)
            .map(each -> session.sources().comment(each.id()) + each.source())
            .toList()
            .reversed());
  }

  /** The binary names of the classes that hold the methods of that name. */
  public List<String> classesOfMethods(String name) {
    return locked(() ->
        declared(shell.methods())
            .filter(each -> each.name().equals(name) && shell.status(each) == Status.VALID)
            .map(each -> shell.sourceCodeAnalysis().wrapper(each).fullClassName())
            .distinct()
            .toList());
  }

  private Stream<PersistentSnippet> named(String name) {
    return declared(shell.snippets())
        .filter(PersistentSnippet.class::isInstance)
        .map(PersistentSnippet.class::cast)
        .filter(each -> each.name().equals(name));
  }

  /** Those that a cell has written and that are there. */
  private <S extends Snippet> Stream<S> declared(Stream<S> snippets) {
    return snippets.filter(each ->
        shell.status(each).isActive()
            && !(each instanceof ErroneousSnippet)
            && each.subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND
            && !session.functions().isCompanion(each)
            && !CellEffects.isStandIn(each));
  }

  private <R> R locked(Question<R> question) {
    ReentrantLock compiling = session.compiling();
    compiling.lock();
    try {
      return question.ask();
    } finally {
      compiling.unlock();
    }
  }

  /** What is asked under the lock. */
  private interface Question<R> {
    R ask();
  }
}
