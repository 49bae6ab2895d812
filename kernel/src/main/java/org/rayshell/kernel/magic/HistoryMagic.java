package org.rayshell.kernel.magic;

import java.util.List;
import java.util.Set;
import org.rayshell.kernel.session.History;

/** {@code %history}: cells that have run. */
final class HistoryMagic implements Magic {
  private static final String HERE = "-n";
  private static final String EVERYWHERE = "-l";
  private static final String PATTERN = "-g";
  private static final String OUTPUT = "-o";

  private static final int MOST_FOUND = 1_000;

  private final History history;

  HistoryMagic(History history) {
    this.history = history;
  }

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%history [-o] [-n N|-l N|-g PATTERN|RANGE...]";
  }

  @Override
  public String summary() {
    return "the cells that have run: all of this session, its last N (-n), the last N of all"
        + " sessions (-l), those with a text in them (-g, where * is any text), or ranges such as"
        + " 3, 3-6, ~1/3-6 (of the session before); -o with their results";
  }

  @Override
  public List<String> words(List<String> before) {
    return List.of(HERE, EVERYWHERE, PATTERN, OUTPUT);
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    MagicOptions options =
        MagicOptions.read(call, this, Set.of(OUTPUT), Set.of(HERE, EVERYWHERE, PATTERN));
    long ways =
        List.of(HERE, EVERYWHERE, PATTERN).stream().filter(options::has).count()
            + Math.min(1, options.rest().size());
    if (ways > 1) {
      throw new MagicException("%history takes one of -n, -l, -g and ranges: " + usage());
    }
    List<History.Entry> found = find(options);
    if (found.isEmpty()) {
      call.println(
          options.has(PATTERN)
              ? "no cell has " + options.value(PATTERN) + " in it"
              : "no cell has ended yet");
      return MagicResult.done();
    }
    List<History.Entry> here = here();
    int session = here.isEmpty() ? 0 : here.getFirst().session();
    StringBuilder text = new StringBuilder();
    for (History.Entry each : found) {
      text.append(text.isEmpty() ? "// " : "\n// ")
          .append(each.session() == session ? "" : "session " + each.session() + ", ")
          .append("In [" + each.line() + "]\n")
          .append(each.input().strip());
      if (options.has(OUTPUT) && each.output() != null) {
        text.append("\n// Out [" + each.line() + "]: ")
            .append(each.output().strip().replaceAll("\\R", "\n// "));
      }
      text.append('\n');
    }
    call.println(text.toString().stripTrailing());
    return MagicResult.done();
  }

  private List<History.Entry> find(MagicOptions options) throws MagicException {
    if (!options.rest().isEmpty()) {
      return HistoryRange.find(options.rest(), history);
    }
    if (options.has(EVERYWHERE)) {
      return history.tail(options.number(EVERYWHERE));
    }
    if (options.has(PATTERN)) {
      return history.search("*" + options.value(PATTERN) + "*", MOST_FOUND, true);
    }
    List<History.Entry> all = here();
    return options.has(HERE)
        ? all.subList(Math.max(0, all.size() - options.number(HERE)), all.size())
        : all;
  }

  private List<History.Entry> here() {
    return history.range(0, 0, Integer.MAX_VALUE);
  }
}
