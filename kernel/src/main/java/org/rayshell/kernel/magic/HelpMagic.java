package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.eval.EvalResult;
import org.rayshell.kernel.session.Engine;
import org.rayshell.kernel.session.MimeBundle;

/**
 * {@code NAME?} and {@code NAME??}: help in the front end's pager, the latter with the source, as
 * {@code %pinfo NAME} and {@code %pinfo2 NAME} of IPython.
 */
final class HelpMagic implements Magic {
  /** Its name without and with the source. */
  static final String NAME = "pinfo";

  static final String WITH_SOURCE = "pinfo2";

  private final boolean source;
  private final Documentation documentation;
  private final Magics magics;

  HelpMagic(boolean source, Documentation documentation, Magics magics) {
    this.source = source;
    this.documentation = documentation;
    this.magics = magics;
  }

  @Override
  public String name() {
    return source ? WITH_SOURCE : NAME;
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    String marks = source ? "??" : "?";
    return "NAME" + marks + ", " + marks + "NAME, or %" + name() + " NAME";
  }

  @Override
  public String summary() {
    return "help on a class, a member, a variable or a magic in the front end's pager"
        + (source ? ", with the source" : "; ?? adds the source");
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    String name = call.raw();
    if (name.isEmpty()) {
      throw new MagicException("there is no name to help with: " + usage());
    }
    MimeBundle page =
        name.startsWith("%") ? ofMagic(name.replace("%", "")) : documentation.find(name, source);
    return new MagicResult(
        new EvalResult.Ok(false, null), List.of(new Engine.Payload("page", page, 0)));
  }

  private MimeBundle ofMagic(String name) throws MagicException {
    Magic magic = magics.named(name);
    if (magic == null) {
      throw new MagicException("there is no magic " + name + "; %lsmagic lists them all");
    }
    return MimeBundle.text(help(magic));
  }

  /** What is known of a magic. */
  static String help(Magic magic) {
    return magic.usage() + "\n\n" + magic.summary();
  }
}
