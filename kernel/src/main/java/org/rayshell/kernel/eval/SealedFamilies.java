package org.rayshell.kernel.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.rayshell.kernel.hint.SourceTree;

/**
 * Tells sealed types without {@code permits} whom they permit: in a file the compiler finds those
 * that stand beside them, but of a cell it sees one type at a time. Those of the cell and of the
 * session count. Guarded by the compiling lock.
 */
final class SealedFamilies {
  private static final Pattern SEALED = Pattern.compile("(?<!-)\\bsealed\\b");

  private final JShell shell;
  private final List<Piece> pieces;

  /** Of the cell with these pieces. */
  SealedFamilies(JShell shell, List<Piece> pieces) {
    this.shell = shell;
    this.pieces = pieces;
  }

  /** What the snippet has to say more; empty if it is no sealed type, or says whom it permits. */
  List<Rewritten.Edit> edits(Piece piece) {
    if (!SEALED.matcher(piece.source()).find()) {
      return List.of();
    }
    SourceTree tree = SourceTree.of(piece.source());
    if (!(tree.first() instanceof ClassTree type)
        || !type.getModifiers().getFlags().contains(Modifier.SEALED)
        || !type.getPermitsClause().isEmpty()) {
      return List.of();
    }
    Set<String> permitted = heirs(type, piece);
    int body = piece.source().indexOf('{', headEnd(tree, type));
    if (permitted.isEmpty() || body < 0) {
      return List.of();
    }
    // Once there is the clause, those within have to be named, too.
    String name = type.getSimpleName().toString();
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree inner && inherits(inner, name)) {
        permitted.add(name + "." + inner.getSimpleName());
      }
    }
    return List.of(new Rewritten.Edit(body, 0, " permits " + String.join(", ", permitted) + " "));
  }

  private static int headEnd(SourceTree tree, ClassTree type) {
    List<Tree> head = new ArrayList<>(type.getTypeParameters());
    head.addAll(type.getImplementsClause());
    if (type.getExtendsClause() != null) {
      head.add(type.getExtendsClause());
    }
    int end = tree.end(type.getModifiers());
    for (Tree each : head) {
      end = Math.max(end, tree.end(each));
    }
    return Math.max(0, end);
  }

  /** The types of the cell, and those of the session that it does not define anew. */
  private Set<String> heirs(ClassTree type, Piece own) {
    String name = type.getSimpleName().toString();
    Set<String> heirs = new LinkedHashSet<>();
    Set<String> defined = new LinkedHashSet<>();
    Stream<String> sources =
        pieces.stream().filter(each -> each != own && each.whole()).map(Piece::source);
    for (String source : sources.filter(each -> each.contains(name)).toList()) {
      add(source, name, heirs, defined);
    }
    Set<String> former = new LinkedHashSet<>();
    shell
        .types()
        .filter(each -> shell.status(each).isActive() && !defined.contains(each.name()))
        .map(Snippet::source)
        .filter(each -> each.contains(name))
        .forEach(each -> add(each, name, former, new LinkedHashSet<>()));
    heirs.addAll(former);
    heirs.remove(name);
    return heirs;
  }

  private static void add(String source, String name, Set<String> heirs, Set<String> defined) {
    if (SourceTree.of(source).first() instanceof ClassTree other) {
      defined.add(other.getSimpleName().toString());
      if (inherits(other, name)) {
        heirs.add(other.getSimpleName().toString());
      }
    }
  }

  private static boolean inherits(ClassTree type, String name) {
    return Stream.concat(
            Stream.ofNullable(type.getExtendsClause()), type.getImplementsClause().stream())
        .anyMatch(each -> named(each).equals(name));
  }

  private static String named(Tree type) {
    return switch (type) {
      case ParameterizedTypeTree generic -> named(generic.getType());
      case IdentifierTree name -> name.getName().toString();
      case MemberSelectTree member -> member.getIdentifier().toString();
      default -> "";
    };
  }
}
