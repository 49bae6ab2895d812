package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.rayshell.kernel.display.Amounts;

/** {@code %open FILE}: shows a small file of text. */
final class OpenMagic implements Magic {
  private static final long MOST_BYTES = 100_000;

  @Override
  public String name() {
    return "open";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.LINE);
  }

  @Override
  public String usage() {
    return "%open FILE";
  }

  @Override
  public String summary() {
    return "shows a file of text of up to " + Amounts.bytes(MOST_BYTES);
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.isEmpty();
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    if (call.words().size() != 1) {
      throw new MagicException(
          "%open takes one file, in quotes if its name has blanks: " + usage());
    }
    Path file = UserPath.of(call.words().getFirst());
    long size = size(file);
    if (size > MOST_BYTES) {
      throw new MagicException(
          file
              + " is too large to be shown: "
              + Amounts.bytes(size)
              + "; !head "
              + file
              + " shows its beginning");
    }
    String text = TextFile.read(file);
    call.cell().stream(false, text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
    return MagicResult.done();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException _) {
      // Who reads it says what is wrong.
      return 0;
    }
  }
}
