package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.Definitions;
import org.rayshell.kernel.eval.Definitions.Variable;
import org.rayshell.kernel.eval.Evaluator;

/** {@code %jshell COMMAND}: lists what the session has defined, as the tool jshell does. */
final class JshellMagic implements Magic {
  private static final List<String> COMMANDS = List.of("/vars", "/methods", "/types", "/imports");

  private final Evaluator java;

  JshellMagic(Evaluator java) {
    this.java = java;
  }

  @Override
  public String name() {
    return "jshell";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%jshell " + String.join("|", COMMANDS);
  }

  @Override
  public String summary() {
    return "the variables, methods, classes or imports of the session";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty() ? COMMANDS : List.of();
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    String asked = call.raw().startsWith("/") ? call.raw() : "/" + call.raw();
    List<String> matching = COMMANDS.stream().filter(each -> each.startsWith(asked)).toList();
    if (matching.size() != 1) {
      throw new MagicException(
          "%jshell has no command "
              + (call.raw().isEmpty() ? "without a name" : call.raw())
              + ": "
              + usage()
              + "; %history lists cells, %reset deletes variables, %save and %load are for files");
    }
    Definitions session = java.definitions();
    List<String> lines =
        switch (matching.getFirst()) {
          case "/vars" -> variables(session.variables(), call);
          case "/methods" -> session.methods();
          case "/types" -> session.types();
          default -> session.imports().stream().map(each -> "import " + each).toList();
        };
    if (lines.isEmpty()) {
      call.println("there are no " + matching.getFirst().substring(1));
    }
    lines.forEach(call::println);
    return MagicResult.done();
  }

  private List<String> variables(List<Variable> variables, MagicCall call)
      throws InterruptedException {
    // Texts of values are user code.
    List<String> lines =
        java.call(
            call.cell().count(),
            () ->
                variables.stream()
                    .map(each ->
                        ValueText.simple(each.type())
                            + " "
                            + each.name()
                            + " = "
                            + ValueText.of(each.value()))
                    .toList());
    if (lines == null) {
      throw new InterruptedException();
    }
    return lines;
  }
}
