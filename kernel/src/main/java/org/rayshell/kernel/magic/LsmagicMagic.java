package org.rayshell.kernel.magic;

import java.util.Set;
import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.session.MimeBundle;

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
    Sheet sheet = new Sheet().text("").words("");
    for (Magic each : magics.all()) {
      String names =
          each.forms().stream()
              .sorted()
              .map(form -> (form == Form.CELL ? "%%" : "%") + each.name())
              .reduce((line, cell) -> line + " " + cell)
              .orElse("");
      sheet.row(Sheet.code(names), Sheet.of(each.summary()));
    }
    String more = "Shift-Tab on a magic's name shows how it is used; !COMMAND is short for %sh";
    call.cell()
        .display(
            MimeBundle.html(
                Html.fragment(sheet.html() + Html.muted(Html.escape(more))),
                sheet.text() + "\n" + more),
            null);
    return MagicResult.done();
  }
}
