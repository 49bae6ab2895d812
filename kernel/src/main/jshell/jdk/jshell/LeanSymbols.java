package jdk.jshell;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Name;
import com.sun.tools.javac.util.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiler's symbols that knows which are the session's. JShell takes those out again after each
 * task and looks for them among all, thousands of the JDK's.
 *
 * <p>Guarded by the evaluator's compiling lock.
 */
final class LeanSymbols extends Symtab {
  private final Name session;
  // Null while the superclass is constructed, which defines none of the session's.
  private List<Symbol.ClassSymbol> ofSession = new ArrayList<>();

  private LeanSymbols(Context context) {
    super(context);
    session = Names.instance(context).fromString(Util.REPL_PACKAGE);
  }

  /** Makes them those of the compiler of that context, if it has none yet. */
  static void register(Context context) {
    if (context.get(symtabKey) == null) {
      context.put(
          symtabKey,
          new Context.Factory<Symtab>() {
            @Override
            public Symtab make(Context of) {
              return new LeanSymbols(of);
            }
          });
    }
  }

  @Override
  public Symbol.ClassSymbol defineClass(Name name, Symbol owner) {
    Symbol.ClassSymbol defined = super.defineClass(name, owner);
    if (ofSession != null && owner.packge().fullname == session) {
      ofSession.add(defined);
    }
    return defined;
  }

  /** Those of the session alone, of which each is told once. */
  @Override
  public Iterable<Symbol.ClassSymbol> getAllClasses() {
    List<Symbol.ClassSymbol> all = ofSession;
    ofSession = new ArrayList<>();
    return all;
  }
}
