package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rayshell.kernel.eval.CellTrace;

/** {@code %xmode}: whether exceptions are shown with all of their frames, as in IPython. */
final class XmodeMagic implements Magic {
  static final List<String> MODES = List.of("Context", "Verbose");

  private final CellTrace trace;

  XmodeMagic(CellTrace trace) {
    this.trace = trace;
  }

  @Override
  public String name() {
    return "xmode";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%xmode [Context|Verbose]";
  }

  @Override
  public String summary() {
    return "whether exceptions are shown with the frames that matter, or with all of them";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty() ? MODES : List.of();
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.words().size() > 1) {
      throw new MagicException("%xmode takes one mode: " + usage());
    }
    if (!call.words().isEmpty()) {
      String mode = call.words().getFirst().toLowerCase(Locale.ROOT);
      if (MODES.stream().noneMatch(each -> each.toLowerCase(Locale.ROOT).equals(mode))) {
        throw new MagicException(
            "%xmode has no mode "
                + call.words().getFirst()
                + "; it has "
                + String.join(", ", MODES));
      }
      trace.showAll(mode.equals("verbose"));
    }
    call.println("Exception reporting mode: " + (trace.showsAll() ? "Verbose" : "Context"));
    return MagicResult.done();
  }
}
