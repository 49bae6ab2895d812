package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.session.Engine;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %pager TEXT}: text in the front end's pager instead of the cell's output. */
final class PagerMagic implements Magic {
  @Override
  public String name() {
    return "pager";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE, Form.CELL);
  }

  @Override
  public String usage() {
    return "%pager TEXT, or %%pager above the text";
  }

  @Override
  public String summary() {
    return "shows text in the front end's pager";
  }

  @Override
  public boolean bodyIsJava() {
    return false;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    String text = call.form() == Form.CELL ? call.body().strip() : call.raw();
    if (text.isEmpty()) {
      throw new MagicException("there is nothing to show: " + usage());
    }
    return page(text);
  }

  /** A result that opens the pager. */
  static MagicResult page(String text) {
    return new MagicResult(
        new EvalResult.Ok(false, null),
        List.of(new Engine.Payload("page", MimeBundle.text(text), 0)));
  }
}
