package org.rayshell.kernel.eval;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.util.TreeScanner;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rayshell.kernel.hint.SourceTree;

/**
 * Types that completion has offered by their simple names, though they need an import: a front end
 * lets it insert nothing elsewhere, so the cell that uses such a name imports it. A name that means
 * something without is left alone, and one that was never offered, too. Thread-safe.
 */
public final class OfferedImports {
  private static final int MOST = 1_000;
  private static final Pattern IMPORT =
      Pattern.compile("import\\s+(?<what>[^;]*?)\\s*;", Pattern.DOTALL);

  private final KnownTypes types;
  private volatile boolean on = true;
  // Guarded by itself: qualified names by simple ones.
  private final Map<String, String> offered =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  OfferedImports(KnownTypes types) {
    this.types = types;
  }

  /** Whether types may be offered so, and are imported. */
  public boolean isOn() {
    return on;
  }

  /** Lets types be offered so, and imported, or not. */
  public void turn(boolean wanted) {
    on = wanted;
  }

  /** A type is offered by its simple name, which no other public type has. */
  public void offer(String qualified) {
    synchronized (offered) {
      offered.put(qualified.substring(qualified.lastIndexOf('.') + 1), qualified);
    }
  }

  /** The qualified names of what a cell uses, and can only mean what it was offered. */
  List<String> usedBy(List<Piece> cell, SessionParts session) {
    Map<String, String> mentioned = on ? mentionedBy(cell) : Map.of();
    if (mentioned.isEmpty()) {
      return List.of();
    }
    Names names = new Names();
    List<String> imports = new ArrayList<>(new SessionScope(session).imports());
    for (Piece each : cell) {
      Matcher declaration = IMPORT.matcher(each.source());
      if (declaration.lookingAt()) {
        imports.add(declaration.group("what").replaceAll("\\s+", " "));
      } else {
        names.add(SourceTree.of(each.source()));
      }
    }
    session.shell().types().forEach(each -> names.declared.add(each.name()));
    List<String> found = new ArrayList<>();
    mentioned.forEach((name, qualified) -> {
      boolean known =
          names.declared.contains(name)
              || types.anyIn("java.lang", Set.of(name))
              || imports.stream().anyMatch(each -> brings(each, name));
      if (names.used.contains(name) && !known) {
        found.add(qualified);
      }
    });
    return found;
  }

  private Map<String, String> mentionedBy(List<Piece> cell) {
    Map<String, String> found = new LinkedHashMap<>();
    synchronized (offered) {
      offered.forEach((name, qualified) -> {
        if (cell.stream().anyMatch(each -> each.source().contains(name))) {
          found.put(name, qualified);
        }
      });
    }
    return found;
  }

  /** Whether the name means something by this import: {@code static java.util.Map.*}. */
  private boolean brings(String imported, String name) {
    if (imported.startsWith("module ")) {
      return ModuleFinder.ofSystem()
          .find(imported.substring("module ".length()).strip())
          .map(each -> each.descriptor().exports())
          .orElse(Set.of())
          .stream()
          .filter(each -> !each.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .anyMatch(each -> types.anyIn(each, Set.of(name)));
    }
    int dot = imported.lastIndexOf('.');
    String last = imported.substring(dot + 1);
    return last.equals(name)
        || last.equals("*")
            && types.anyIn(imported.substring(0, dot).replaceFirst("^static ", ""), Set.of(name));
  }

  /** The names in a cell's code. */
  private static final class Names extends TreeScanner<Void, Void> {
    final Set<String> used = new HashSet<>();
    final Set<String> declared = new HashSet<>();

    void add(SourceTree tree) {
      declared.addAll(tree.names());
      tree.scan(this);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void nothing) {
      used.add(tree.getName().toString());
      return super.visitIdentifier(tree, nothing);
    }

    @Override
    public Void visitTypeParameter(TypeParameterTree tree, Void nothing) {
      declared.add(tree.getName().toString());
      return super.visitTypeParameter(tree, nothing);
    }
  }
}
