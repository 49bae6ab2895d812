package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.rayshell.kernel.session.History;

/** {@code %save FILE RANGE...}: cells that have run become a file that {@code %load} runs. */
final class SaveMagic implements Magic {
  private static final String FORCE = "-f";
  private static final String APPEND = "-a";
  private static final String ENDING = ".jsh";

  private final History history;

  SaveMagic(History history) {
    this.history = history;
  }

  @Override
  public String name() {
    return "save";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%save [-f|-a] FILE RANGE...";
  }

  @Override
  public String summary() {
    return "writes cells that have run into a file, as %history tells them by ranges such as 3 and"
        + " 5-7; .jsh is added to a name without an ending; -f replaces a file without asking,"
        + " -a appends to it";
  }

  @Override
  public List<String> words(List<String> before) {
    return List.of(FORCE, APPEND);
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.stream().allMatch(each -> each.startsWith("-"));
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    MagicOptions options = MagicOptions.read(call, this, Set.of(FORCE, APPEND), Set.of());
    if (options.rest().size() < 2) {
      throw new MagicException("%save needs a file and the numbers of cells: " + usage());
    }
    String name = options.rest().getFirst();
    boolean ended = name.substring(name.lastIndexOf('/') + 1).contains(".");
    Path file = UserPath.of(ended ? name : name + ENDING);
    List<String> ranges = options.rest().subList(1, options.rest().size());
    List<History.Entry> cells = HistoryRange.find(ranges, history);
    String text = text(cells);
    boolean append = options.has(APPEND);
    if (Files.exists(file)
        && !append
        && !options.has(FORCE)
        && !Consent.isGiven(
            call,
            file + " exists. Replace it (y/[n])? ",
            file + " exists; %save -f replaces it, and -a appends to it")) {
      call.println("nothing was written");
      return MagicResult.done();
    }
    TextFile.write(file, text, append);
    call.println(
        (append ? "appended " : "wrote ")
            + (cells.size() == 1 ? "one cell" : cells.size() + " cells")
            + " to "
            + file);
    return MagicResult.done();
  }

  /** The cells one below the other, each with its magics. */
  private static String text(List<History.Entry> cells) throws MagicException {
    StringBuilder text = new StringBuilder();
    for (History.Entry each : cells) {
      if (cells.size() > 1 && each.input().stripLeading().startsWith("%%")) {
        throw new MagicException(
            "In ["
                + each.line()
                + "] begins with "
                + each.input().strip().lines().findFirst().orElse("")
                + ", which is for a cell of its own: save it alone, or leave it out");
      }
      text.append(text.isEmpty() ? "" : "\n").append(each.input().strip()).append('\n');
    }
    return text.toString();
  }
}
