package org.rayshell.kernel.magic;

import java.util.Set;

/** {@code %javadoc NAME}: what is documented of a class or a member. */
final class JavadocMagic implements Magic {
  private final Documentation documentation;

  JavadocMagic(Documentation documentation) {
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
    call.cell().display(documentation.find(call.raw(), true), null);
    return MagicResult.done();
  }
}
