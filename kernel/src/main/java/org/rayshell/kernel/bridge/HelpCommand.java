package org.rayshell.kernel.bridge;

import org.rayshell.kernel.display.Html;
import org.rayshell.kernel.display.Sheet;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code %ray help}: what there is, or what one of them takes. */
@Command(header = "lists the commands, or tells what one of them takes")
final class HelpCommand extends RayCommand {
  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "one of the commands")
  private String name;

  private final RayCommands commands;

  HelpCommand(RayCommands commands) {
    this.commands = commands;
  }

  @Override
  MagicResult run(MagicCall call) throws Exception {
    if (name != null) {
      return show(call, commands.usage(name));
    }
    Sheet sheet = new Sheet().text("").words("");
    sheet.row(Sheet.code("%%ray"), Sheet.of("above a cell: tells where its wall time went"));
    sheet.row(Sheet.code("%ray"), Sheet.of("the same of the last cell that ran"));
    for (String each : commands.names()) {
      sheet.row(Sheet.code(commands.synopsis(each)), Sheet.of(commands.summary(each)));
    }
    String more = "%ray help COMMAND tells the options of one; Tab completes them";
    return show(
        call,
        Html.fragment(sheet.html() + Html.muted(Html.escape(more))),
        sheet.text() + "\n" + more);
  }

  /** Shows the usage of a command. */
  static MagicResult show(MagicCall call, String usage) {
    return show(call, Html.fragment(block(usage)), usage);
  }

  /** Text as it stands, in lines of equal letters. */
  static String block(String text) {
    return "<code style=\"display:block;white-space:pre-wrap;background:none;padding:0\">"
        + Html.escape(text)
        + "</code>";
  }
}
