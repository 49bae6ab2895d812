package org.rayshell.kernel.magic;

import java.util.Set;
import java.util.function.Function;
import org.rayshell.kernel.session.MimeBundle;

/** {@code %javadoc NAME}: what is documented of a class or a member. */
final class JavadocMagic implements Magic {
  private final Function<String, MimeBundle> documentation;

  /**
   * @param documentation of what an expression names; null if nothing is known
   */
  JavadocMagic(Function<String, MimeBundle> documentation) {
    this.documentation = documentation;
  }

  @Override
  public String name() {
    return "javadoc";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%javadoc NAME";
  }

  @Override
  public String summary() {
    return "what is documented of a class or a member, such as String.repeat; what the cells have"
        + " defined by the name";
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.raw().isEmpty()) {
      throw new MagicException("%javadoc needs a name: " + usage());
    }
    String name = call.raw().replaceFirst("\\(.*\\)\\s*;?$", "").replace('#', '.');
    MimeBundle found = documentation.apply(name);
    int dot = name.lastIndexOf('.');
    if (found == null && dot > 0) {
      // A member of objects, which a class alone has not.
      found = documentation.apply("((" + name.substring(0, dot) + ") null)" + name.substring(dot));
    }
    if (found == null) {
      throw new MagicException(
          "nothing is known of "
              + name
              + ": write a class as a cell would, and a member as String.repeat");
    }
    call.cell().display(found, null);
    return MagicResult.done();
  }
}
