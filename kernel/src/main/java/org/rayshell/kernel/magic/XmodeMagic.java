package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.CellTrace;
import org.rayshell.kernel.eval.TraceMode;

/** {@code %xmode}: how much of exceptions is shown, as in IPython. */
final class XmodeMagic implements Magic {
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
    return "%xmode [" + String.join("|", TraceMode.names()) + "]";
  }

  @Override
  public String summary() {
    return "how much exceptions show: themselves, the frames that matter, these with their lines, or"
        + " all frames";
  }

  @Override
  public List<String> words(List<String> before) {
    return before.isEmpty() ? TraceMode.names() : List.of();
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.words().size() > 1) {
      throw new MagicException("%xmode takes one mode: " + usage());
    }
    if (!call.words().isEmpty()) {
      TraceMode mode = TraceMode.of(call.words().getFirst());
      if (mode == null) {
        throw new MagicException(
            "%xmode has no mode "
                + call.words().getFirst()
                + "; it has "
                + String.join(", ", TraceMode.names()));
      }
      trace.show(mode);
    }
    call.println("Exception reporting mode: " + trace.mode().written());
    return MagicResult.done();
  }
}
