package org.rayshell.kernel.bridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.rayshell.kernel.magic.MagicCall;
import org.rayshell.kernel.magic.MagicException;
import org.rayshell.kernel.magic.MagicResult;
import org.rayshell.kernel.magic.Magics;
import org.rayshell.runtime.Runtimes;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands of {@code %ray}: found, parsed, completed and explained by name. Immutable. */
final class RayCommands {
  private static final int HELP_WIDTH = 100;

  private final Map<String, Supplier<RayCommand>> makers = new LinkedHashMap<>();

  RayCommands(CellFrames frames) {
    makers.put("init", SessionCommands.Init::new);
    makers.put("status", SessionCommands.Status::new);
    makers.put("resources", SessionCommands.Resources::new);
    makers.put("nodes", SessionCommands.Nodes::new);
    makers.put("workers", WorkersCommand::new);
    makers.put("tasks", TasksCommand::new);
    makers.put("objects", ObjectsCommand::new);
    makers.put("logs", () -> new LogsCommand(frames));
    makers.put("timeline", TimelineCommand::new);
    makers.put("stack", () -> new StackCommand(frames));
    makers.put("profile", () -> new ProfileCommand(frames));
    makers.put("cancel", CancelCommand::new);
    makers.put("kill", KillCommand::new);
    makers.put("shutdown", SessionCommands.Shutdown::new);
    makers.put("help", () -> new HelpCommand(this));
  }

  Collection<String> names() {
    return makers.keySet();
  }

  /** Runs the command of that name with those words. */
  MagicResult run(String name, List<String> words, MagicCall call) throws Exception {
    RayCommand command = make(name);
    CommandLine line = line(name, command);
    try {
      if (line.parseArgs(words.toArray(String[]::new)).isUsageHelpRequested()) {
        return HelpCommand.show(call, usage(name));
      }
    } catch (RuntimeException e) {
      // Not caught by their types: those a JVM loads along with this class, which is there from
      // the start, and picocli's jar comes after thirty others.
      if (e instanceof UnmatchedArgumentException tooMuch) {
        throw new MagicException(unmatched(name, line, tooMuch.getUnmatched().getFirst()));
      }
      if (e instanceof ParameterException) {
        throw new MagicException("%ray " + name + ": " + e.getMessage() + see(name), e);
      }
      throw e;
    }
    return command.run(call);
  }

  private RayCommand make(String name) throws MagicException {
    Supplier<RayCommand> maker = makers.get(name);
    if (maker == null) {
      List<String> near = Magics.near(name.toLowerCase(Locale.ROOT), names());
      throw new MagicException(
          "%ray has no command "
              + name
              + (near.isEmpty()
                  ? "; it has " + String.join(", ", names())
                  : "; did you mean %ray " + String.join(" or %ray ", near) + "?"));
    }
    return maker.get();
  }

  private static CommandLine line(String name, RayCommand command) {
    CommandLine line = new CommandLine(command);
    line.setCommandName("%ray " + name);
    line.setExpandAtFiles(false);
    line.setUsageHelpWidth(HELP_WIDTH);
    return line;
  }

  private static String unmatched(String name, CommandLine line, String word) {
    if (!word.startsWith("-")) {
      boolean none = line.getCommandSpec().positionalParameters().isEmpty();
      return "%ray " + name + (none ? " takes no arguments: " : " takes no more: ") + word;
    }
    List<String> options = options(line);
    List<String> near = Magics.near(word.replaceFirst("=.*", ""), options);
    return "%ray "
        + name
        + " does not know "
        + word
        + (near.isEmpty()
            ? "; it has " + String.join(", ", options)
            : "; did you mean " + String.join(" or ", near) + "?")
        + see(name);
  }

  private static String see(String name) {
    return " (%ray help " + name + " tells more)";
  }

  private static List<String> options(CommandLine line) {
    return line.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
  }

  /** What one command is for and what it takes. */
  String usage(String name) throws MagicException {
    return line(name, make(name)).getUsageMessage(CommandLine.Help.Ansi.OFF).strip();
  }

  /** What the command is for, in a line. */
  String summary(String name) {
    return String.join(
        " ", line(name, makers.get(name).get()).getCommandSpec().usageMessage().header());
  }

  /** How the command is written: its name, and what it takes beside options. */
  String synopsis(String name) {
    StringBuilder written = new StringBuilder("%ray " + name);
    line(name, makers.get(name).get())
        .getCommandSpec()
        .positionalParameters()
        .forEach(each -> {
          boolean many = each.arity().max() > 1;
          String label = each.paramLabel() + (many ? "…" : "");
          written.append(' ').append(each.required() ? label : "[" + label + "]");
        });
    return written.toString();
  }

  /** What may be written after these words. */
  List<String> words(List<String> before) {
    if (before.isEmpty()) {
      return List.copyOf(names());
    }
    Supplier<RayCommand> maker = makers.get(before.getFirst());
    if (maker == null) {
      return List.of();
    }
    RayCommand command = maker.get();
    CommandLine line = line(before.getFirst(), command);
    OptionSpec option =
        before.size() == 1 ? null : line.getCommandSpec().findOption(before.getLast());
    boolean valueNext = option != null && option.arity().min() > 0;
    List<String> words = new ArrayList<>();
    Runtimes.view()
        .ifPresent(view ->
            words.addAll(
                valueNext ? command.values(option.longestName(), view) : command.words(view)));
    if (!valueNext) {
      if (command instanceof HelpCommand) {
        words.addAll(names());
      }
      words.addAll(options(line));
      words.removeAll(before.subList(1, before.size()));
    }
    return words;
  }
}
