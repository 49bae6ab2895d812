package org.rayshell.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options that cells are compiled with: the kernel's own, and those of the environment, as
 * IJava and JJava have them.
 */
final class CompilerOptions {
  private static final List<String> OWN = List.of("-Xlint:none", "-g", "-implicit:none");
  private static final List<String> VARIABLES =
      List.of("RAYSHELL_COMPILER_OPTS", "JJAVA_COMPILER_OPTS", "IJAVA_COMPILER_OPTS");

  private CompilerOptions() {}

  /** The options; of the variables the first that is set counts. */
  static String[] of(Map<String, String> environment) {
    List<String> options = new ArrayList<>(OWN);
    VARIABLES.stream()
        .map(environment::get)
        .filter(each -> each != null)
        .findFirst()
        .ifPresent(each -> {
          if (!each.isBlank()) {
            options.addAll(List.of(each.strip().split("\\s+")));
          }
        });
    return options.toArray(String[]::new);
  }
}
