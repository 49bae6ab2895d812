package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.Evaluator;

/** {@code %reset}: takes all variables away. */
final class ResetMagic implements Magic {
  private static final String FORCE = "-f";

  private final Evaluator java;

  ResetMagic(Evaluator java) {
    this.java = java;
  }

  @Override
  public String name() {
    return "reset";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%reset [-f]";
  }

  @Override
  public String summary() {
    return "takes all variables away, and leaves methods, classes and imports; asks unless -f";
  }

  @Override
  public List<String> words(List<String> before) {
    return List.of(FORCE);
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    boolean force =
        MagicOptions.read(call, this, Set.of(FORCE), Set.of()).nothingElse(this).has(FORCE);
    int count = java.definitions().variables().size();
    if (count == 0) {
      java.results().clear();
      call.println("there are no variables");
      return MagicResult.done();
    }
    String what = count == 1 ? "one variable" : count + " variables";
    if (!force
        && !Consent.isGiven(
            call,
            "%reset deletes " + what + " for good. Go on (y/[n])? ",
            "%reset cannot ask here; %reset -f does not ask")) {
      call.println("nothing was deleted");
      return MagicResult.done();
    }
    java.definitions().dropVariables();
    java.results().clear();
    call.println("deleted " + what);
    return MagicResult.done();
  }
}
