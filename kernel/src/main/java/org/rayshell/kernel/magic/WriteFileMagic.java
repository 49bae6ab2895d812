package org.rayshell.kernel.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code %%writefile FILE}: the rest of the cell becomes a file. */
final class WriteFileMagic implements Magic {
  private static final String APPEND = "-a";

  @Override
  public String name() {
    return "writefile";
  }

  @Override
  public Set<Form> forms() {
    return Set.of(Form.CELL);
  }

  @Override
  public String usage() {
    return "%%writefile [-a] FILE above the text";
  }

  @Override
  public String summary() {
    return "writes the rest of the cell into a file; -a appends to it";
  }

  @Override
  public List<String> words(List<String> before) {
    return List.of(APPEND);
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.stream().allMatch(each -> each.startsWith("-"));
  }

  @Override
  public boolean bodyIsJava() {
    return false;
  }

  @Override
  public MagicResult run(MagicCall call) throws MagicException {
    MagicOptions options = MagicOptions.read(call, this, Set.of(APPEND), Set.of()).atMost(1, this);
    if (options.rest().isEmpty()) {
      throw new MagicException("%%writefile needs a file: " + usage());
    }
    Path file = UserPath.of(options.rest().getFirst());
    boolean append = options.has(APPEND);
    boolean there = Files.exists(file);
    String text =
        call.text().isEmpty() || call.text().endsWith("\n") ? call.text() : call.text() + "\n";
    TextFile.write(file, text, append);
    call.println((!there ? "Writing " : append ? "Appending to " : "Overwriting ") + file);
    return MagicResult.done();
  }
}
