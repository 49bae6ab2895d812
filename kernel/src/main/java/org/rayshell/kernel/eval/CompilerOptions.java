package org.rayshell.kernel.eval;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The options that cells are compiled with: the kernel's own, and those of the environment, as
 * IJava and JJava have them; immutable.
 *
 * @param words the options
 * @param problem why those of the environment are left out; null if they are not
 */
public record CompilerOptions(List<String> words, String problem) {
  private static final List<String> OWN = List.of("-Xlint:none", "-g", "-implicit:none");
  private static final List<String> VARIABLES =
      List.of("RAYSHELL_COMPILER_OPTS", "JJAVA_COMPILER_OPTS", "IJAVA_COMPILER_OPTS");

  /** The options; of the variables the first that is set counts. */
  public static CompilerOptions of(Map<String, String> environment) {
    String wanted =
        VARIABLES.stream().map(environment::get).filter(Objects::nonNull).findFirst().orElse("");
    if (wanted.isBlank()) {
      return new CompilerOptions(OWN, null);
    }
    List<String> all = new ArrayList<>(OWN);
    all.addAll(List.of(wanted.strip().split("\\s+")));
    try {
      // With options that javac does not take nothing would compile.
      ToolProvider.getSystemJavaCompiler()
          .getTask(null, null, null, all, null, List.of(new NoSource()));
      return new CompilerOptions(List.copyOf(all), null);
    } catch (IllegalArgumentException e) {
      return new CompilerOptions(
          OWN,
          "compiler options of the environment are left out: "
              + e.getMessage()
              + "; options="
              + wanted);
    }
  }

  private static final class NoSource extends SimpleJavaFileObject {
    NoSource() {
      super(URI.create("string:///None.java"), JavaFileObject.Kind.SOURCE);
    }
  }
}
