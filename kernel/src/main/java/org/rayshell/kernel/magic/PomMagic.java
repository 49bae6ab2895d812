package org.rayshell.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code %loadFromPOM FILE}, {@code %%loadFromPOM}: the dependencies of a project. */
final class PomMagic implements Magic {
  private static final Set<String> SCOPES =
      Set.of("compile", "runtime", "provided", "system", "test", "import");

  private final MavenDownload download;

  PomMagic(MavenDownload download) {
    this.download = download;
  }

  @Override
  public String name() {
    return "loadFromPOM";
  }

  @Override
  public Set<Form> forms() {
    return EnumSet.allOf(Form.class);
  }

  @Override
  public String usage() {
    return "%loadFromPOM FILE [SCOPE...], or %%loadFromPOM [SCOPE...] above <dependencies> and the"
        + " like";
  }

  @Override
  public String summary() {
    return "adds the dependencies of a Maven project to the class path of cells and workers; those"
        + " of scope compile and runtime, or of the scopes that are named";
  }

  @Override
  public List<String> words(List<String> before) {
    return SCOPES.stream().sorted().toList();
  }

  @Override
  public boolean takesFile(List<String> before) {
    return before.isEmpty();
  }

  @Override
  public boolean bodyIsJava() {
    return false;
  }

  @Override
  public MagicResult run(MagicCall call) throws Exception {
    if (call.form() == Form.CELL) {
      cell(call);
      return MagicResult.done();
    }
    if (call.words().isEmpty()) {
      throw new MagicException("%loadFromPOM needs a file: " + usage());
    }
    Path named = UserPath.of(call.words().getFirst());
    Path file = Files.isDirectory(named) ? named.resolve("pom.xml") : named;
    if (!Files.isRegularFile(file)) {
      throw new MagicException("there is no such file: " + file.toAbsolutePath());
    }
    List<String> scopes = call.words().subList(1, call.words().size());
    download.run(MavenRequest.of(file, scopes(scopes)), call);
    return MagicResult.done();
  }

  private void cell(MagicCall call) throws Exception {
    if (call.text().isBlank()) {
      throw new MagicException("%%loadFromPOM needs a part of a POM: " + usage());
    }
    Path file = null;
    try {
      file = Files.createTempFile("rayshell", ".pom");
      Files.writeString(file, PomFragment.project(call.text()));
      download.run(MavenRequest.of(file, scopes(call.words())), call);
    } catch (IOException e) {
      throw new MagicException("%%loadFromPOM cannot write a file: " + e.getMessage(), e);
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Set<String> scopes(List<String> named) throws MagicException {
    for (String each : named) {
      if (!SCOPES.contains(each)) {
        throw new MagicException(
            "Maven has no scope "
                + each
                + "; it has "
                + String.join(", ", SCOPES.stream().sorted().toList()));
      }
    }
    return named.isEmpty() ? MavenRequest.RUNTIME : Set.copyOf(named);
  }
}
