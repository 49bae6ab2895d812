package org.rayshell.kernel.magic;

import java.util.Set;

/** {@code %lsmagic}: what magics there are. */
final class LsmagicMagic implements Magic {
  private final Magics magics;

  LsmagicMagic(Magics magics) {
    this.magics = magics;
  }

  @Override
  public String name() {
    return "lsmagic";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%lsmagic";
  }

  @Override
  public String summary() {
    return "lists the magics";
  }

  @Override
  public MagicResult run(MagicCall call) {
    int width = magics.all().stream().mapToInt(each -> each.usage().length()).max().orElse(0);
    for (Magic each : magics.all()) {
      call.println(("%-" + width + "s  %s").formatted(each.usage(), each.summary()));
    }
    return MagicResult.done();
  }
}
