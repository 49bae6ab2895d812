package org.rayshell.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code %cd} and {@code %pwd}: the folder that relative paths start from. */
final class FolderMagic implements Magic {
  private static final String BACK = "-";

  private final boolean changes;
  // Guarded by this: where %cd has come from.
  private Path former;

  /**
   * @param changes whether it is {@code %cd}
   */
  FolderMagic(boolean changes) {
    this.changes = changes;
  }

  @Override
  public String name() {
    return changes ? "cd" : "pwd";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return changes ? "%cd [FOLDER|-]" : "%pwd";
  }

  @Override
  public String summary() {
    return changes
        ? "changes the folder that relative paths start from, in cells, in scripts and in workers"
            + " that start later; alone to the home folder, - to the one before"
        : "the folder that relative paths start from";
  }

  @Override
  public boolean takesFile(List<String> before) {
    return changes && before.isEmpty();
  }

  @Override
  public synchronized MagicResult run(MagicCall call) throws MagicException {
    if (!changes && !call.raw().isEmpty()) {
      throw new MagicException("%pwd takes nothing: " + call.raw());
    }
    if (changes) {
      Path from = WorkingFolder.current();
      WorkingFolder.change(wanted(call));
      former = from;
    }
    call.println(WorkingFolder.current().toString());
    return MagicResult.done();
  }

  /** A path with blanks needs no quotes. */
  private Path wanted(MagicCall call) throws MagicException {
    String word = call.words().size() == 1 ? call.words().getFirst() : call.raw();
    if (word.equals(BACK)) {
      if (former == null) {
        throw new MagicException("%cd - goes back, and %cd has not gone anywhere yet");
      }
      return former;
    }
    return UserPath.of(word.isEmpty() ? "~" : word);
  }
}
